package org.citybrain.access;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;

/** An identity server that does not answer is a 503 with a reason, where the filter by itself would throw: a 500. */
final class AnswerInsteadOfThrowing implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {

    private final AnswerRefusal refusal;

    AnswerInsteadOfThrowing(AnswerRefusal refusal) {
        this.refusal = refusal;
    }

    @Override
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
        var handler = new AuthenticationEntryPointFailureHandler(refusal);
        handler.setRethrowAuthenticationServiceException(false);
        filter.setAuthenticationFailureHandler(handler);
        return filter;
    }
}
