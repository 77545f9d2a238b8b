package dev.wattline.director;

import dev.wattline.director.config.AccessSettings;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.config.DirectorSettings;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.server.BusyPolicy;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.ServerOptions;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the configuration lets clients in, as the control server takes it. */
final class ListenerOptions {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerOptions.class);

    private ListenerOptions() {}

    /**
     * The server's options.
     *
     * @throws dev.wattline.model.WattlineException if the certificates cannot be used
     */
    static ServerOptions options(DirectorConfig config, TimeSource time) {
        DirectorSettings settings = config.settings();
        AccessSettings access = settings.access();
        List<Endpoint> endpoints = new ArrayList<>();
        if (access.plain()) {
            endpoints.add(Endpoint.plain(HostPort.of(config.listen())));
            warnIfOpen(config, access);
        }
        access.tls()
                .ifPresent(door -> endpoints.add(
                        Endpoint.tls(HostPort.of(door.listen()), door.material().load())));
        ServerOptions options = ServerOptions.on(endpoints.toArray(Endpoint[]::new))
                .withBusy(settings.queueClients() ? BusyPolicy.QUEUE : BusyPolicy.REJECT)
                .withIdle(settings.idle())
                .withHello(settings.hello())
                .withStall(settings.stall())
                .withUnacknowledged(settings.unacknowledged())
                .withAllow(peer -> isAllowed(access, peer))
                .withTime(time);
        return access.token().map(options::withToken).orElse(options);
    }

    private static boolean isAllowed(AccessSettings access, InetAddress peer) {
        return access.allow().isEmpty() || access.allow().stream().anyMatch(network -> network.contains(peer));
    }

    private static void warnIfOpen(DirectorConfig config, AccessSettings access) {
        boolean open = access.allow().isEmpty() && access.token().isEmpty();
        if (open && !config.listen().getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "every host that reaches {} may run sessions; the key 'allow' in [wattline] restricts that",
                    HostPort.of(config.listen()));
        }
    }
}
