package dev.wattline.ptd;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws away from the connection: a measurement must not end for a bug in a log line. */
final class SafeListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final PtdEndpoint endpoint;
    private final PtdListener listener;

    SafeListener(PtdEndpoint endpoint, PtdListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    void tell(Consumer<PtdListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed. endpoint={}", endpoint, e);
        }
    }
}
