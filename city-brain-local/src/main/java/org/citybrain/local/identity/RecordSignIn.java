package org.citybrain.local.identity;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.access.Role;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.access.audit.RefusalLog;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Audits who signed in and that somebody failed to, then sends the browser on. */
@Component
class RecordSignIn {

    private final AuditTrail audit;
    private final RefusalLog refusals;
    private final PostgresAccounts accounts;

    RecordSignIn(AuditTrail audit, RefusalLog refusals, PostgresAccounts accounts) {
        this.audit = audit;
        this.refusals = refusals;
        this.accounts = accounts;
    }

    /** On to what was asked for before the page, else to the dashboard. */
    AuthenticationSuccessHandler success(URI dashboard) {
        var onwards = new SavedRequestAwareAuthenticationSuccessHandler();
        onwards.setDefaultTargetUrl(dashboard + "/");
        return (request, response, authentication) -> {
            accounts.find(authentication.getName())
                    .map(account -> signedIn(account, request.getRemoteAddr()))
                    .ifPresent(audit::write);
            onwards.onAuthenticationSuccess(request, response, authentication);
        };
    }

    /** Back to the page, which says why. */
    AuthenticationFailureHandler failure() {
        var back = new SimpleUrlAuthenticationFailureHandler("/login?error");
        return (request, response, failure) -> {
            refusals.record(request, failure instanceof LockedException ? "TOO_MANY_ATTEMPTS" : "BAD_PASSWORD");
            back.onAuthenticationFailure(request, response, failure);
        };
    }

    private static AuditLine signedIn(Account account, String origin) {
        return new AuditLine(
                account.name(),
                account.roles().stream().map(Role::name).collect(Collectors.toSet()),
                account.unit() == null ? null : account.unit().digits(),
                "account.sign-in",
                account.name(),
                origin,
                AuditLine.DONE,
                Map.of());
    }
}
