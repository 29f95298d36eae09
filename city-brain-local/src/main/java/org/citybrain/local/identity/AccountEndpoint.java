package org.citybrain.local.identity;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citybrain.access.Person;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.local.identity.Account.Provenance;
import org.citybrain.local.identity.Problem.Reason;
import org.citybrain.local.secret.RandomPassword;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/accounts")
@Tag(
        name = "accounts",
        description =
                "Who may sign in, as what, for which unit. For ADMIN. A change counts from the next token on, so within"
                        + " 15 minutes, and whoever is signed in has to do so again.")
class AccountEndpoint {

    private static final int PAGE = 100;

    private final PostgresAccounts accounts;
    private final PeopleFile demoPasswords;
    private final PasswordEncoder encoder;
    private final AuditTrail audit;
    private final Clock clock;

    AccountEndpoint(
            PostgresAccounts accounts,
            PeopleFile demoPasswords,
            PasswordEncoder encoder,
            AuditTrail audit,
            Clock clock) {
        this.accounts = accounts;
        this.demoPasswords = demoPasswords;
        this.encoder = encoder;
        this.audit = audit;
        this.clock = clock;
    }

    record AccountPage(List<Account> items, @Nullable String nextCursor) {}

    record NewPassword(String name, String password) {}

    @GetMapping
    @Operation(summary = "Accounts in the order of their names, a hundred a page")
    AccountPage list(@RequestParam(defaultValue = "") String cursor) {
        List<Account> items = accounts.list(cursor.replace("\0", ""), PAGE);
        return new AccountPage(
                items, items.size() < PAGE ? null : items.getLast().name());
    }

    @GetMapping("/{name}")
    @Operation(summary = "One account")
    Account get(@PathVariable String name) {
        return accounts.find(name.replace("\0", "")).orElseThrow(() -> noSuchAccount(name));
    }

    @PutMapping("/{name}")
    @Transactional
    @Operation(summary = "Registers an account, or changes one", description = """
            A new account cannot sign in before it has a password. Nobody changes their own account.""")
    Account put(
            @PathVariable String name,
            @RequestBody AccountChange change,
            @AuthenticationPrincipal Person administrator) {
        Account account = change.toAccount(name, clock.instant());
        if (name.equals(administrator.name())) {
            throw Problem.of(
                    Reason.OWN_ACCOUNT, name + " is your own account", name, "another administrator's request");
        }
        accounts.put(account);
        audit.write(AuditLine.done("account.change", name, described(account)));
        return get(name);
    }

    @PostMapping("/{name}/password")
    @Transactional
    @Operation(summary = "A new random password, shown this once", description = "The one before it stops at once.")
    ResponseEntity<NewPassword> renewPassword(@PathVariable String name) throws IOException {
        Account account = get(name);
        String password = RandomPassword.next();
        Instant now = clock.instant();
        accounts.setPassword(name, requireNonNull(encoder.encode(password)), now);
        audit.write(AuditLine.done("account.new-password", name, Map.of()));
        if (account.provenance() == Provenance.SYNTHETIC) {
            demoPasswords.remember(name, password);
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new NewPassword(name, password));
    }

    private static Map<String, Object> described(Account account) {
        return Map.of(
                "roles", account.roles(),
                "unit", String.valueOf(account.unit()),
                "department", String.valueOf(account.department()),
                "enabled", account.enabled());
    }

    private static ErrorResponseException noSuchAccount(String name) {
        return Problem.of(
                Reason.NO_SUCH_ACCOUNT, "there is no account " + name, name, "one that GET /v1/accounts lists");
    }
}
