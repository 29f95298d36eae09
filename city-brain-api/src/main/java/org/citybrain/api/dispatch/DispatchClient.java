package org.citybrain.api.dispatch;

import java.net.http.HttpClient;
import org.citybrain.access.PassTokenOn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The HTTP client of dispatch-service. It carries the trace and the person's token on. */
@Configuration(proxyBeanMethods = false)
class DispatchClient {

    /** Each package makes its own client of the commands that it passes on. */
    @Bean
    HttpServiceProxyFactory dispatchCommands(RestClient.Builder client, DispatchSettings settings) {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.dispatchConnectTimeout())
                .build());
        requests.setReadTimeout(settings.dispatchReadTimeout());
        RestClient dispatch = client.baseUrl(settings.dispatchUrl().toString())
                .requestFactory(requests)
                .requestInterceptor(new PassTokenOn())
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(dispatch))
                .build();
    }
}
