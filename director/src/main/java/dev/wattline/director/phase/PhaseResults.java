package dev.wattline.director.phase;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.RangeFinder;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.results.MergedLog;
import dev.wattline.director.results.SplWriter;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Puts the samples of a phase on disk and says what they are worth. For the session's thread, but that any may add findings. */
public final class PhaseResults {
    private final SessionFolder folder;
    private final SessionId id;
    private final TimeSource time;
    private final Consumer<Finding> onFinding;
    private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());

    /** @param onFinding told of each finding too */
    public PhaseResults(SessionFolder folder, SessionId id, TimeSource time, Consumer<Finding> onFinding) {
        this.folder = folder;
        this.id = id;
        this.time = time;
        this.onFinding = onFinding;
    }

    /** What was found so far, in order. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    public void find(String id, Instant at, String text) {
        find(Finding.of(id, Severity.WARNING, text).when(at));
    }

    public void find(Finding finding) {
        findings.add(finding);
        onFinding.accept(finding);
    }

    /**
     * Writes each analyzer's rows, the phase's {@code spl.txt}, and for the testing phase {@code ptd_out.txt}.
     *
     * @param endedAt wall time at which analyzer 1's measurement ended, its last tick's end
     */
    public void write(Phase phase, List<Measured> measured, Instant endedAt) throws IOException {
        for (Measured one : measured) {
            Path rows = one.analyzer().files().rows(phase);
            SplWriter.writeLabelled(one.rows().rows(), id.mark(phase), rows);
        }
        for (Measured one : measured) {
            checkCount(phase, one);
            checkEnd(phase, one, endedAt);
        }
        if (phase == Phase.TESTING) {
            writePtdOut(measured);
        }
        join(phase, measured.stream().map(Measured::analyzer).toList());
    }

    /** Makes the phase's {@code spl.txt} from the analyzers' logs. */
    public void join(Phase phase, List<Analyzer> analyzers) throws IOException {
        List<Path> logs =
                analyzers.stream().map(analyzer -> analyzer.files().rows(phase)).toList();
        for (MergedLog.Unmatched row : SplWriter.write(logs, folder.spl(phase))) {
            find(
                    "unmatched-row",
                    row.at(),
                    phase.word() + ": the row of analyzer " + row.analyzer() + " at " + row.at()
                            + " has no partner within 0.5 s and is left out of the merged log");
        }
    }

    private void checkCount(Phase phase, Measured one) {
        one.afterStop()
                .watts()
                .filter(watts -> watts.samples() != one.rows().size())
                .ifPresent(watts -> find(
                        "row-count",
                        time.now(),
                        phase.word() + ": analyzer " + one.analyzer().number() + " counted " + watts.samples()
                                + " samples but sent " + one.rows().size()));
    }

    /** The last sample of another analyzer may be taken after analyzer 1 had completed. */
    private void checkEnd(Phase phase, Measured one, Instant endedAt) {
        if (one.analyzer().number() == 1 || one.rows().size() == 0) {
            return;
        }
        PowerSample last = one.rows().sample(one.rows().size() - 1);
        if (last.at().isAfter(endedAt)) {
            find(
                    "late-sample",
                    last.at(),
                    phase.word() + ": the last sample of analyzer "
                            + one.analyzer().number() + " at " + last.at()
                            + " lies beyond the end of analyzer 1's measurement at " + endedAt);
        }
    }

    private void writePtdOut(List<Measured> measured) throws IOException {
        Files.createDirectories(folder.folder(Phase.TESTING));
        try (Writer out = Files.newBufferedWriter(
                folder.ptdOut(),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            for (Measured one : measured) {
                out.append("Analyzer " + one.analyzer().number() + ":\n");
                out.append("Power: " + one.beforeStop().wattsReply() + " \n");
                out.append("Uncertainty: " + one.beforeStop().uncertaintyReply() + "\n");
            }
        }
    }

    /**
     * The testing ranges that the ranging samples ask for, analyzer 1 first.
     *
     * @throws SessionException if an analyzer's samples give none
     */
    public List<Ranges> findRanges(List<Measured> measured) {
        List<Ranges> ranges = new ArrayList<>();
        for (Measured one : measured) {
            RangeFinder finder = new RangeFinder(one.analyzer().config().rangedChannels());
            one.rows().rows().forEach(finder::add);
            ranges.add(finder.find()
                    .orElseThrow(() -> new SessionException(
                            "no range can be found for analyzer "
                                    + one.analyzer().number() + ": " + finder.summary(),
                            "Check the wiring and that the workload runs for a few seconds at least.",
                            null)));
        }
        return ranges;
    }
}
