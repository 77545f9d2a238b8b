package dev.wattline.protocol.client;

import dev.wattline.model.TimeSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a runner connects.
 *
 * @param tls where the director's port is its TLS one, the context with the runner's certificate and whom it trusts
 * @param ticket of a job for which the director keeps its place; shown before the greeting
 */
public record ClientOptions(
        Deadlines deadlines,
        TimeSource time,
        ExchangeListener listener,
        Optional<SSLContext> tls,
        Optional<String> ticket) {

    /** Default deadlines, this machine's clocks, no listener, no TLS. */
    public static ClientOptions defaults() {
        return new ClientOptions(
                Deadlines.defaults(), TimeSource.system(), ExchangeListener.NONE, Optional.empty(), Optional.empty());
    }

    public ClientOptions withDeadlines(Deadlines value) {
        return new ClientOptions(value, time, listener, tls, ticket);
    }

    public ClientOptions withTime(TimeSource value) {
        return new ClientOptions(deadlines, value, listener, tls, ticket);
    }

    public ClientOptions withListener(ExchangeListener value) {
        return new ClientOptions(deadlines, time, value, tls, ticket);
    }

    public ClientOptions withTls(SSLContext value) {
        return new ClientOptions(deadlines, time, listener, Optional.of(value), ticket);
    }

    public ClientOptions withTicket(String value) {
        return new ClientOptions(deadlines, time, listener, tls, Optional.of(value));
    }
}
