package org.citybrain.api.page;

import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Sends the files of the pages and of the libraries that they stand on. A browser keeps them, but asks each time whether they are still
 * those ({@code no-cache} and an {@code ETag}): so a new version is seen at once, and an unchanged one costs no more than a question. The
 * libraries' addresses hold no version: {@code /webjars/ol/dist/ol.js} is that of whichever one is on the class path.
 *
 * <p>Before Spring Boot's own configuration, which leaves alone what is served already.
 */
@Configuration(proxyBeanMethods = false)
@Order(-1)
class PageFiles implements WebMvcConfigurer {

    private static final String PAGES = "classpath:/city-brain-api/page/";
    private static final String LIBRARIES = "classpath:/META-INF/resources/webjars/";

    private final Fingerprints fingerprints = new Fingerprints();

    @Bean
    static PagePolicy pagePolicy(BaseMapSettings baseMap) throws IOException {
        return PagePolicy.of(
                baseMap.origin(), new PathMatchingResourcePatternResolver().getResources(PAGES + "*.html"));
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        serve(registry.addResourceHandler("/**").addResourceLocations(PAGES));
        // The chain finds the library's version.
        serve(registry.addResourceHandler("/webjars/**").addResourceLocations(LIBRARIES))
                .resourceChain(true);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/worker").setViewName("forward:/worker.html");
    }

    private ResourceHandlerRegistration serve(ResourceHandlerRegistration files) {
        return files.setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(fingerprints::find);
    }
}
