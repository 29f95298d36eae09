package org.citybrain.intake.key;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The names in the certificate that a gateway showed in the TLS handshake, where it showed one: the subject's common name and
 * the alternative names of type DNS. That it is trusted was checked by then.
 */
record ClientCertificate(Set<String> names) {

    private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";
    private static final int DNS_NAME = 2;

    ClientCertificate {
        names = Set.copyOf(names);
    }

    /** Whether a gateway of this source may come like this: with a certificate of its own, or without any. */
    static boolean fits(HttpServletRequest request, String sourceId) {
        return !(request.getAttribute(ATTRIBUTE) instanceof X509Certificate[] chain)
                || chain.length == 0
                || of(chain[0]).names().contains(sourceId);
    }

    static ClientCertificate of(X509Certificate certificate) {
        try {
            Stream<String> common = new LdapName(
                            certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString());
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            Stream<String> dns = alternatives == null
                    ? Stream.empty()
                    : alternatives.stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .map(name -> String.valueOf(name.get(1)));
            return new ClientCertificate(Stream.concat(common, dns).collect(Collectors.toSet()));
        } catch (InvalidNameException | CertificateParsingException unreadable) {
            return new ClientCertificate(Set.of());
        }
    }
}
