package org.citybrain.api.reach;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@link PostgresReach} before the pool: there is no way around it for any query of this service. */
@Configuration(proxyBeanMethods = false)
class ReachConfiguration {

    @Bean
    static BeanPostProcessor reachOfEveryConnection() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource pool && !(bean instanceof PostgresReach)
                        ? new PostgresReach(pool)
                        : bean;
            }
        };
    }
}
