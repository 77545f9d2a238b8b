package dev.wattline.mock.ptd;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Where samples go: the data log, the unread queue, the statistics, and lines on standard output. */
final class SampleRecorder {
    private final StdoutLog stdout;
    private final Optional<PtdLogFile> dataLog;
    private final SampleLines lines;
    private final UncertaintyModel uncertainties;
    private final int channels;
    private final ArrayDeque<String> unread = new ArrayDeque<>();
    private Statistics statistics;

    /**
     * @param dataLog where rows are written; to standard output if there is none
     * @param extendedLog whether lines about samples are written to the data log too
     */
    SampleRecorder(
            DeviceProfile profile,
            Instrument instrument,
            StdoutLog stdout,
            Optional<PtdLogFile> dataLog,
            boolean extendedLog) {
        this.stdout = stdout;
        this.dataLog = dataLog;
        this.uncertainties = new UncertaintyModel(instrument);
        EventLog events = new EventLog(stdout, extendedLog ? dataLog : Optional.empty());
        this.lines = new SampleLines(profile, instrument, uncertainties, events);
        this.channels = profile.type().multichannel() ? instrument.channels() : 0;
        this.statistics = new Statistics(uncertainties, channels);
    }

    /** Forgets statistics and unread samples. */
    void reset() {
        unread.clear();
        statistics = new Statistics(uncertainties, channels);
    }

    void record(Instant at, Sample sample, String mark) {
        String stamp = stdout.stamp(at);
        String row = Rows.logged(stamp, sample, mark);
        dataLog.ifPresentOrElse(log -> log.row(row), () -> stdout.plain(row));
        unread.add(Rows.sent(stamp, sample));
        statistics.add(sample);
        lines.print(at, sample);
        stdout.flush();
    }

    /** Gives valid readings this uncertainty, as a fraction; empty for their own. */
    void forceUncertainty(OptionalDouble fraction) {
        uncertainties.force(fraction);
    }

    /** What closes a measurement on standard output. */
    void printClosing(Instant at) {
        stdout.stamped(at, "Completed test");
        stdout.stampedRaw(at, statistics.of(MeasuredQuantity.WATTS, 0).closingLine() + "\r\n");
        stdout.flush();
    }

    /** The statistics since the last reset. */
    Statistics statistics() {
        return statistics;
    }

    int unread() {
        return unread.size();
    }

    /** Takes this many rows out of the unread queue, oldest first. */
    List<String> takeUnread(int count) {
        List<String> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(unread.remove());
        }
        return rows;
    }
}
