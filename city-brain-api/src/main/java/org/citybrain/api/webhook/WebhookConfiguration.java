package org.citybrain.api.webhook;

import java.net.InetAddress;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    WebhookSecrets webhookSecrets(WebhookSettings settings) {
        return new WebhookSecrets(settings.key());
    }

    @Bean
    ResolveTarget resolveTarget(WebhookSettings settings) {
        return new ResolveTarget(InetAddress::getAllByName, new AllowedAddresses(settings.allowedNetworks()));
    }
}
