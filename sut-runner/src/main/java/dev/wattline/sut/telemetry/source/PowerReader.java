package dev.wattline.sut.telemetry.source;

import dev.wattline.files.TelemetryMeta.Series;
import java.util.List;

/**
 * Reads numbers of power or energy, when told to. What a device is asked, and how its answer is understood, is all that
 * differs between the sources that the runner reads itself; {@link PolledSource} does the rest. For one thread at a time.
 */
public interface PowerReader extends AutoCloseable {

    /** What is read, in the order of the log. */
    List<Series> series();

    /** The paths, address or command line that is read; never a credential. */
    List<String> origin();

    /** Version of the tool, driver or firmware; empty where none is told. */
    default String version() {
        return "";
    }

    /** What a user is to know of what is read, and what is not, a sentence each. */
    default List<String> notes() {
        return List.of();
    }

    /**
     * Reads each series once. A value that cannot be had is told with its reason, never left out and never 0.
     *
     * @throws dev.wattline.sut.SutException if there is nothing to be read any more
     */
    void read(Readings readings);

    /**
     * Starts, at the begin of a phase, what keeps readings at hand for {@link #readStream}, so that nobody need be asked
     * while the workload runs.
     *
     * @return whether there is such a stream
     */
    default boolean startStream() {
        return false;
    }

    /**
     * Tells the newest reading of the stream, within a millisecond.
     *
     * @param afterMillis only one that was had later than this, in ms since 1970: what {@link #read} told last may be newer
     */
    default Streamed readStream(Readings readings, long afterMillis) {
        return Streamed.NOTHING;
    }

    /** What a stream had. */
    enum Streamed {
        /** A reading, which was told. */
        READ,
        /** None that is late enough, yet. */
        NOT_YET,
        /** None that is of use: {@link #read} is to do it. */
        NOTHING
    }

    /** Ends the stream, if there is one. */
    default void stopStream() {}

    /** Ends programs and connections. */
    @Override
    default void close() {}

    /** Takes what was read. The time of a reading is the middle between this call and the one before, unless it is told. */
    interface Readings {
        /** The values that follow were had then, in ms since 1970 by this machine's clock, until the round is over. */
        void at(long epochMillis);

        /** A value as it was read, in the series' unit. */
        void value(Series series, String raw);

        /** No value, and why in a word: {@code denied}, {@code absent}, {@code timeout}, {@code not-a-number}, {@code zero}. */
        void missing(Series series, String reason);
    }
}
