package org.citybrain.intake.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientCertificateTest {

    /** Of the gateway gw-17, with the other name pump-station-17, until 2126. */
    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBsjCCAVegAwIBAgIUYACCtzfsQaT/ne7346kQ/BZ5p+MwCgYIKoZIzj0EAwIw
            HzEOMAwGA1UEAwwFZ3ctMTcxDTALBgNVBAoMBENpdHkwIBcNMjYxMTIzMjI1NjMz
            WhgPMjEyNjEwMzAyMjU2MzNaMB8xDjAMBgNVBAMMBWd3LTE3MQ0wCwYDVQQKDARD
            aXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0iOHeRCHiBOz8ugxSrJHKZC9
            xHp7281nl4IY7A9AZc7RTR2qDZyju+7mvyA83ZMhWNG/3cXY5xfiWQvz9SHyZaNv
            MG0wHQYDVR0OBBYEFGyh84jkHKfnnCTJ8SNRo89cLeQqMB8GA1UdIwQYMBaAFGyh
            84jkHKfnnCTJ8SNRo89cLeQqMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIP
            cHVtcC1zdGF0aW9uLTE3MAoGCCqGSM49BAMCA0kAMEYCIQD9Wum63ULwBIA8yky1
            ptSBstO8SBH8MhcqpvU1u6X/yQIhAPGwM6dZO5lk0fsYubkCdJ4bQ4Duesw6jakC
            KKj8ch/c
            -----END CERTIFICATE-----
            """;

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void its_names_are_the_common_name_and_the_dns_names() throws CertificateException {
        assertThat(ClientCertificate.of(certificate()).names()).containsExactlyInAnyOrder("gw-17", "pump-station-17");
    }

    @Test
    void a_gateway_that_shows_one_shows_its_own() throws CertificateException {
        request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[] {certificate()});

        assertThat(ClientCertificate.fits(request, "gw-17")).isTrue();
        assertThat(ClientCertificate.fits(request, "pump-station-17")).isTrue();
        assertThat(ClientCertificate.fits(request, "gw-18")).isFalse();
    }

    @Test
    void a_gateway_need_not_show_one() {
        assertThat(ClientCertificate.fits(request, "gw-17")).isTrue();
    }

    private static X509Certificate certificate() throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(PEM.getBytes(StandardCharsets.US_ASCII)));
    }
}
