package org.citybrain.api.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.citybrain.access.AccessReason;
import org.citybrain.access.AnswerRefusal;
import org.citybrain.access.Person;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * A phone keeps what was pressed until there is a network, and by then somebody else may have signed in on it. A request that says whose it
 * is, by {@code X-Expected-Account}, is refused where that is not who sends it.
 */
final class ExpectAccount extends OncePerRequestFilter {

    private static final String HEADER = "X-Expected-Account";

    private final AnswerRefusal refusal;

    ExpectAccount(AnswerRefusal refusal) {
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String expected = request.getHeader(HEADER);
        Optional<Person> person = Person.findCurrent();
        if (expected == null || person.isEmpty() || isNameOf(person.get(), expected)) {
            chain.doFilter(request, response);
            return;
        }
        refusal.answer(
                request,
                response,
                AccessReason.OTHER_ACCOUNT,
                person.get().name() + " is signed in and nothing was done: expected the account that " + HEADER
                        + " names");
    }

    private static boolean isNameOf(Person person, String encoded) {
        try {
            return UriUtils.decode(encoded, StandardCharsets.UTF_8).equals(person.name());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
