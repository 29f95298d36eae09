package org.citybrain.intake.key;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.citybrain.access.AnswerRefusal;
import org.citybrain.access.BadKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in whoever comes with a good key in the header {@value #HEADER}, and turns away whoever comes with a bad one. */
public final class CheckKey extends OncePerRequestFilter {

    public static final String HEADER = "X-Api-Key";

    private final KnownKeys keys;
    private final AnswerRefusal refusal;

    public CheckKey(KnownKeys keys, AnswerRefusal refusal) {
        this.keys = keys;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER);
        if (key != null) {
            try {
                signIn(check(key, request));
            } catch (AuthenticationException bad) {
                refusal.commence(request, response, bad);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Gateway check(String key, HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            throw new BadKeyException("a key and a token came together: expected one of them");
        }
        Gateway gateway = keys.check(key);
        if (!ClientCertificate.fits(request, gateway.sourceId())) {
            throw new BadKeyException("the client certificate is of another than the key's source");
        }
        return gateway;
    }

    private static void signIn(Gateway gateway) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new KnownGateway(gateway));
        SecurityContextHolder.setContext(context);
    }
}
