package org.citybrain.api.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Which addresses may be called: those of the public internet, but for the host's own and its neighbours', and what an operator has
 * allowed. The lists are IANA's special-purpose registries (RFC 6890); of IPv6 only global unicast space is public at all, and what
 * carries an IPv4 address inside (6to4, Teredo, NAT64) is none of it.
 */
final class AllowedAddresses {

    private static final List<IpAddressMatcher> NOT_PUBLIC_IPV4 = networks(Stream.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3"));

    private static final IpAddressMatcher GLOBAL_UNICAST_IPV6 = new IpAddressMatcher("2000::/3");
    private static final List<IpAddressMatcher> NOT_PUBLIC_IPV6 =
            networks(Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"));

    private final List<IpAddressMatcher> allowed;
    private final List<IpAddressMatcher> neighbours;

    /** @param allowed networks that may be called whatever they are */
    AllowedAddresses(Collection<String> allowed) {
        this(allowed, networksOfThisHost());
    }

    /** @param neighbours the networks of this host, which may not be called even where they are public */
    AllowedAddresses(Collection<String> allowed, Collection<String> neighbours) {
        this.allowed = networks(allowed.stream());
        this.neighbours = networks(neighbours.stream());
    }

    boolean allow(InetAddress address) {
        String text = withoutZone(address);
        return isIn(allowed, text) || (isPublic(address, text) && !isIn(neighbours, text));
    }

    private static boolean isPublic(InetAddress address, String text) {
        if (address instanceof Inet4Address) {
            return !isIn(NOT_PUBLIC_IPV4, text);
        }
        return GLOBAL_UNICAST_IPV6.matches(text) && !isIn(NOT_PUBLIC_IPV6, text);
    }

    private static boolean isIn(List<IpAddressMatcher> networks, String address) {
        return networks.stream().anyMatch(network -> network.matches(address));
    }

    private static List<IpAddressMatcher> networks(Stream<String> ranges) {
        return ranges.map(IpAddressMatcher::new).toList();
    }

    private static List<String> networksOfThisHost() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(card -> card.getInterfaceAddresses().stream())
                    .map(AllowedAddresses::network)
                    .toList();
        } catch (SocketException failure) {
            throw new IllegalStateException("the networks of this host cannot be read", failure);
        }
    }

    private static String network(InterfaceAddress address) {
        return network(address.getAddress(), address.getNetworkPrefixLength());
    }

    /** Of a prefix that cannot be, as some systems name one, the address alone: never the whole internet. */
    static String network(InetAddress address, int prefix) {
        int longest = address instanceof Inet4Address ? 32 : 128;
        String text = withoutZone(address);
        return prefix < 1 || prefix > longest ? text : text + "/" + prefix;
    }

    private static String withoutZone(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
