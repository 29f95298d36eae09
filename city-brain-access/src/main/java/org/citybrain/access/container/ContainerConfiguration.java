package org.citybrain.access.container;

import org.citybrain.access.limit.LimitSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How Tomcat is set up, the same in every service. */
@Configuration(proxyBeanMethods = false)
public class ContainerConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> valves(LimitSettings limits) {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            var host = context.getParent().getPipeline();
            host.addValve(new DropRestOfBody(limits.bodyPatience()));
            host.addValve(new CutBrokenAnswer());
            host.addValve(new ProblemFromContainer());
        });
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ErrorController errorPage() {
        return new ErrorPage();
    }
}
