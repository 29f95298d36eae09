package org.citybrain.api.evidence;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where evidence is kept. */
@Configuration(proxyBeanMethods = false)
class EvidenceConfiguration {

    @Bean
    EvidenceStore evidenceStore(EvidenceSettings settings) {
        return new FolderEvidenceStore(settings.folder());
    }
}
