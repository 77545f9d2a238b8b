package dev.wattline.ptd;

import java.util.Optional;

/**
 * How a connection ended.
 *
 * @param source who or what ended it
 * @param failure what went wrong; empty if this side closed it on purpose
 */
public record PtdClosure(Source source, Optional<PtdException> failure) {

    /** Who or what ended a connection. */
    public enum Source {
        /** {@link PtdConnection#close()}. */
        LOCAL,
        /** PTDaemon, or the network: a closed or reset connection. */
        PEER,
        /** A command that was not answered in time. */
        TIMEOUT,
        /** A reply that is none. */
        PROTOCOL
    }

    static PtdClosure local() {
        return new PtdClosure(Source.LOCAL, Optional.empty());
    }

    static PtdClosure peer(PtdException failure) {
        return new PtdClosure(Source.PEER, Optional.of(failure));
    }

    static PtdClosure timeout(PtdException failure) {
        return new PtdClosure(Source.TIMEOUT, Optional.of(failure));
    }

    static PtdClosure protocol(PtdException failure) {
        return new PtdClosure(Source.PROTOCOL, Optional.of(failure));
    }

    /** The failure as the cause of another one. */
    Optional<Throwable> cause() {
        return failure.map(Throwable.class::cast);
    }

    /** One clause for messages. */
    public String description() {
        return failure.map(Throwable::getMessage).orElse("this side had closed the connection");
    }
}
