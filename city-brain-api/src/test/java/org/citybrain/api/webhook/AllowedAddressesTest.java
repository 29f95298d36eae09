package org.citybrain.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {

    private final AllowedAddresses addresses = new AllowedAddresses(List.of(), List.of("8.8.4.7/24"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fe80::1%1",
                "fec0::1",
                "ff02::1",
                // Decimal and short forms of 127.0.0.1, where the name service reads them at all.
                "2130706433",
                "127.1"
            })
    void an_address_that_is_not_public_is_refused_however_it_is_written(String text) throws UnknownHostException {
        assertThat(addresses.allow(InetAddress.getByName(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2400:3200::1"})
    void an_address_of_the_public_internet_is_allowed(String text) throws UnknownHostException {
        assertThat(addresses.allow(InetAddress.getByName(text))).isTrue();
    }

    @Test
    void the_hosts_own_network_is_refused_though_it_is_public() throws UnknownHostException {
        assertThat(addresses.allow(InetAddress.getByName("8.8.4.200"))).isFalse();
        assertThat(addresses.allow(InetAddress.getByName("8.8.5.1"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.4.7,24,8.8.4.7/24",
        "8.8.4.7,0,8.8.4.7",
        "8.8.4.7,-1,8.8.4.7",
        "8.8.4.7,33,8.8.4.7",
        "2400:3200::1,64,2400:3200:0:0:0:0:0:1/64",
        "2400:3200::1,0,2400:3200:0:0:0:0:0:1",
        "2400:3200::1,129,2400:3200:0:0:0:0:0:1"
    })
    void of_a_network_whose_prefix_cannot_be_only_the_address_counts(String address, int prefix, String network)
            throws UnknownHostException {
        assertThat(AllowedAddresses.network(InetAddress.getByName(address), prefix))
                .isEqualTo(network);
    }

    @Test
    void what_an_operator_allows_is_allowed_and_nothing_beside_it() throws UnknownHostException {
        var some = new AllowedAddresses(List.of("10.20.0.0/16", "fd00:1::/32"), List.of());

        assertThat(some.allow(InetAddress.getByName("10.20.3.4"))).isTrue();
        assertThat(some.allow(InetAddress.getByName("10.21.3.4"))).isFalse();
        assertThat(some.allow(InetAddress.getByName("fd00:1::7"))).isTrue();
        assertThat(some.allow(InetAddress.getByName("fd00:2::7"))).isFalse();
        assertThat(some.allow(InetAddress.getByName("127.0.0.1"))).isFalse();
    }
}
