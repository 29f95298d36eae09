package org.citybrain.api.policy;

import java.util.function.Supplier;
import org.citybrain.api.dispatch.AskDispatch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Passes what a person does to a policy on to dispatch-service, and its refusals back. */
@Component
class CommandPolicies {

    private final PolicyCommands dispatch;

    CommandPolicies(HttpServiceProxyFactory dispatchCommands) {
        this.dispatch = dispatchCommands.createClient(PolicyCommands.class);
    }

    PolicyCheck check(String kind, Draft draft) {
        return AskDispatch.ask(kind + " policy", "/v1/policies/" + kind, () -> dispatch.check(kind, true, draft));
    }

    /** @return the new version */
    int draft(String kind, Draft draft) {
        return AskDispatch.ask("new " + kind + " policy", "/v1/policies/" + kind, () -> dispatch.draft(kind, draft))
                .version();
    }

    void change(String kind, int version, @Nullable String ifMatch, Draft draft) {
        ask(kind, version, () -> dispatch.change(kind, version, ifMatch, draft));
    }

    void withdraw(String kind, int version, @Nullable String ifMatch) {
        ask(kind, version, () -> dispatch.withdraw(kind, version, ifMatch));
    }

    void approve(String kind, int version, @Nullable String ifMatch, Approval approval) {
        ask(kind, version, () -> dispatch.approve(kind, version, ifMatch, approval));
    }

    private static void ask(String kind, int version, Supplier<PolicyCommands.@Nullable Changed> command) {
        AskDispatch.ask(kind + " policy " + version, "/v1/policies/" + kind + "/" + version, command);
    }
}
