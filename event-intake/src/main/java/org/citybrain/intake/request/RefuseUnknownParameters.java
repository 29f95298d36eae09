package org.citybrain.intake.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citybrain.intake.problem.UnknownParameter;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A query parameter that the endpoint does not know is refused: a misspelt {@code dryrun} would publish a rehearsal. */
@Configuration(proxyBeanMethods = false)
class RefuseUnknownParameters implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/v1/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod endpoint) {
            Set<String> known = names(endpoint);
            for (String given : Collections.list(request.getParameterNames())) {
                if (!known.contains(given)) {
                    throw new UnknownParameter(given, known);
                }
            }
        }
        return true;
    }

    private static Set<String> names(HandlerMethod endpoint) {
        return Arrays.stream(endpoint.getMethod().getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestParam.class))
                .map(parameter -> parameter.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
