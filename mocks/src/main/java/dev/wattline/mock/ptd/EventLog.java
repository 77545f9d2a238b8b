package dev.wattline.mock.ptd;

import java.time.Instant;
import java.util.Optional;

/** The lines about samples: on standard output and, with {@code -e}, in the data log too. */
final class EventLog {
    private final StdoutLog stdout;
    private final Optional<PtdLogFile> extended;

    EventLog(StdoutLog stdout, Optional<PtdLogFile> extended) {
        this.stdout = stdout;
        this.extended = extended;
    }

    /** A line that begins with {@code ERROR: } or {@code WARNING: }. */
    void warning(Instant at, String text) {
        stdout.stamped(at, text);
        extended.ifPresent(log -> log.row("Time," + stdout.stamp(at) + "," + text.replaceFirst(": ", ",")));
    }

    /** The instrument's raw answer behind a bad reading, which brings an empty line. */
    void buffer(String text) {
        stdout.plain(text);
        stdout.plain("");
        extended.ifPresent(log -> log.row(text));
    }
}
