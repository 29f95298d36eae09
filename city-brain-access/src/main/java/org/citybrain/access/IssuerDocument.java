package org.citybrain.access;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;

/**
 * What the issuer says of itself: its OpenID Connect discovery document, read anew each time. It is looked for at
 * {@link AccessSettings#addressOfIssuer()} and must name {@link AccessSettings#issuer()}.
 */
public final class IssuerDocument {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 2_000;
    private static final int MOST_BYTES = 256 * 1024;

    private final String issuer;
    private final String address;
    private final ResourceRetriever retriever =
            new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MOST_BYTES);

    public IssuerDocument(AccessSettings settings) {
        this.issuer = settings.issuer();
        this.address = settings.addressOfIssuer();
    }

    /** @throws IOException when it cannot be read, or is another issuer's */
    public Map<String, Object> read() throws IOException {
        String url = address + "/.well-known/openid-configuration";
        try {
            Map<String, Object> document = JSONObjectUtils.parse(readText(url));
            if (!issuer.equals(document.get("issuer"))) {
                throw new IOException(url + " names the issuer " + document.get("issuer") + ": expected " + issuer);
            }
            return document;
        } catch (ParseException | IllegalArgumentException unreadable) {
            throw new IOException(url + " is no discovery document", unreadable);
        }
    }

    /** Whatever the document names, held to the same times and size. */
    String readText(String url) throws IOException {
        return retriever.retrieveResource(URI.create(url).toURL()).getContent();
    }
}
