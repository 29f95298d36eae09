package org.citybrain.api.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a target up and lets through only addresses that may be called. The HTTP client connects to the very addresses that this returns:
 * a name that answers otherwise a moment later (DNS rebinding) gains nothing. One forbidden address among several refuses them all.
 */
final class ResolveTarget implements DnsResolver {

    /** The name service, or what stands in for it in tests. */
    interface NameService {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    private final NameService names;
    private final AllowedAddresses allowed;

    ResolveTarget(NameService names, AllowedAddresses allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    /** @throws TargetRefused where one of its addresses may not be called */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.lookUp(host);
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        if (!Arrays.stream(addresses).allMatch(allowed::allow)) {
            throw new TargetRefused(host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
