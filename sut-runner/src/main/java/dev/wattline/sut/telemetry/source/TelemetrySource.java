package dev.wattline.sut.telemetry.source;

import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Card;
import dev.wattline.model.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A source of power readings on the measured machine. One that the runner reads itself is a {@link PowerReader} in a {@link
 * PolledSource}; only one that writes its own log implements this. It is probed once, then collects in each phase from
 * {@link #start} to {@link #stop}, and is asked afterwards what it collected. All calls come from the thread that tells the
 * measurement; what can block for longer than some milliseconds a source does elsewhere.
 */
public interface TelemetrySource extends AutoCloseable {

    /** What a user calls it on the command line. */
    String name();

    /**
     * Finds out what there is to collect, before anything is measured.
     *
     * @return what will be collected, in words
     * @throws dev.wattline.sut.SutException with what this machine lacks, and the remedy
     */
    String probe();

    /** Whether it reads power or energy, and not only what the machine does; known once it is probed. */
    boolean readsPower();

    /** About how many bytes its log of this time takes. */
    long bytesIn(Duration duration);

    /**
     * Starts collecting.
     *
     * @param folder an existing folder that gets the source's log
     * @throws dev.wattline.sut.SutException if that fails
     */
    void start(Phase phase, Path folder);

    /** Whether it is read at once; such sources are started last and stopped first, close to what is measured. */
    default boolean isQuick() {
        return false;
    }

    /** Whether {@link #tick} is to be called about once a second while the workload runs. */
    default boolean needsTicks() {
        return false;
    }

    /** A second has passed; returns within some milliseconds. */
    default void tick() {}

    /** Ends collecting; returns at once. Does nothing where it has ended or not begun. */
    void stop();

    /** What was collected since {@link #start}; called once, after {@link #stop}. */
    Collected finish();

    /** Gives back what {@link #probe} opened. */
    @Override
    default void close() {}

    /**
     * What a phase gave.
     *
     * @param source what {@code meta.json} says of it
     * @param cards what only nvidia-smi tells
     */
    record Collected(TelemetryMeta.Source source, Optional<CardLog> cards) {}

    /**
     * What nvidia-smi's log holds.
     *
     * @param driver the driver's version
     * @param cards the cards
     * @param fields the columns asked for
     */
    record CardLog(String driver, List<Card> cards, List<String> fields) {
        public CardLog {
            cards = List.copyOf(cards);
            fields = List.copyOf(fields);
        }
    }
}
