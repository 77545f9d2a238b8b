package dev.wattline.sut.clock;

import dev.wattline.files.BoundedLines;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFile;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.IoErrors;
import dev.wattline.model.SampleClock;
import dev.wattline.model.SampleClock.Measurement;
import dev.wattline.model.SplRow;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.SutException;
import dev.wattline.sut.director.DirectorLink;
import dev.wattline.sut.output.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the samples of the ranging phase as soon as there are any, for a director that does not do so itself: samples
 * that are stamped with another time than that of the workload make the long run worthless, and nobody else would notice.
 */
public final class SampleTimesCheck {
    private static final int MAX_LINE = 4096; // far beyond a row's
    private static final Duration STEPPED = Duration.ofSeconds(1);
    private static final Duration BESIDE = Duration.ofSeconds(2); // the clocks' difference, and a sample a second

    private final RunContext context;

    public SampleTimesCheck(RunContext context) {
        this.context = context;
    }

    /**
     * Fetches the ranging phase's samples and compares their times with the phase's and the workload's. If they cannot be
     * had, the run goes on with a warning: the phase itself has succeeded.
     *
     * @param marks the phase's
     * @throws SutException if the samples were taken at another time, naming whose clock that is
     */
    public void require(
            DirectorLink link, String session, SessionFolder folder, List<PhaseMark> marks, PowerWindow window) {
        if (marks.size() < 4 || stepped(marks.get(0), marks.get(3))) {
            return; // it is this machine's clock that was set, which was reported
        }
        Optional<List<Instant>> fetched = fetch(link, session, folder);
        if (fetched.isEmpty()) {
            return;
        }
        List<Instant> stamps = fetched.get();
        if (stamps.isEmpty()) {
            context.log().warning("the ranging phase's power log holds no sample");
            return; // the director finds no range then, and says so
        }
        Measurement measurement = new Measurement(
                marks.get(0).epochSeconds(),
                marks.get(1).epochSeconds(),
                marks.get(2).epochSeconds(),
                marks.get(3).epochSeconds());
        Optional<String> fault = SampleClock.fault(stamps, measurement, "this machine's clock");
        if (fault.isPresent()) {
            throw new SutException(
                    "the samples of the ranging phase are of another time: " + fault.get(),
                    "Set clock and time zone of the machine on which PTDaemon runs, the director's as a rule (PTDaemon must"
                            + " stamp in UTC: TZ=UTC), and start the run again.");
        }
        Instant begin = window.begin().minus(BESIDE);
        Instant end = window.end().plus(BESIDE);
        if (stamps.stream().noneMatch(at -> at.isAfter(begin) && at.isBefore(end))) {
            throw new SutException(
                    "not one of the " + stamps.size()
                            + " samples of the ranging phase lies in the workload's power window, " + window.begin()
                            + " to " + window.end(),
                    "See PTDaemon's output at the director for why it took none while the workload ran.");
        }
    }

    private static boolean stepped(PhaseMark from, PhaseMark to) {
        double step = to.epochSeconds() - from.epochSeconds() - to.monotonicSeconds() + from.monotonicSeconds();
        return Math.abs(step) > STEPPED.toSeconds();
    }

    private Optional<List<Instant>> fetch(DirectorLink link, String session, SessionFolder folder) {
        String file = SessionFile.RANGING_SPL.place();
        Path copy = folder.root().resolve("ranging-samples");
        try {
            link.connection().download(session, file, copy);
            return Optional.of(read(copy));
        } catch (WattlineException e) {
            context.log().warning("could not look at the times of the ranging phase's samples: " + e.getMessage());
            return Optional.empty();
        } finally {
            delete(copy);
        }
    }

    private static List<Instant> read(Path file) {
        List<Instant> stamps = new ArrayList<>();
        try (BoundedLines rows = new BoundedLines(Files.newInputStream(file), MAX_LINE)) {
            for (String row = rows.next(); row != null; row = rows.next()) {
                try {
                    stamps.add(SplRow.parse(row).at());
                } catch (IllegalArgumentException e) {
                    // an empty row, or one that is for the checks of rows to judge
                }
            }
        } catch (IOException e) {
            throw new SutException("could not read " + file + ": " + IoErrors.of(e), "Check the output's disk.", e);
        }
        return stamps;
    }

    private void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            context.log().warning("could not delete " + copy + ": " + IoErrors.of(e));
        }
    }
}
