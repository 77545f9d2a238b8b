package dev.wattline.cli.power;

import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.cli.options.UsageException;
import dev.wattline.files.CompanionRecord;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.records.RecordsException;
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.index.Indexing;
import dev.wattline.sut.SutException;
import dev.wattline.sut.companion.CompanionFailedException;
import dev.wattline.sut.measure.InformalMeasurement.Outcome;
import dev.wattline.sut.measure.InformalMeasurement.OverTimeException;
import dev.wattline.sut.session.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** That a measurement without director is an agent's job: a session that is found again, and an outcome for who gave the job. */
final class InformalJob {
    private static final long CLOCK_MS = 1000; // so far may the two clocks go apart in a run

    @Option(
            names = RunnerOutcome.OPTION,
            hidden = true,
            paramLabel = "FILE",
            description = "Where to leave how the run ended, for whoever gave the job.")
    private @Nullable Path outcome;

    @Option(
            names = "--workload-limit",
            hidden = true,
            paramLabel = "S",
            description = "End the workload, and the run, where it runs longer; of a job alone.")
    private @Nullable Integer limit;

    @Option(names = "--sut", hidden = true, defaultValue = "", paramLabel = "NAME", description = "The machine's name.")
    private String sut = "";

    @Option(
            names = "--workload-name",
            hidden = true,
            defaultValue = "",
            paramLabel = "NAME",
            description = "The workload's name.")
    private String workload = "";

    @Option(names = "--param", hidden = true, paramLabel = "NAME=VALUE", description = "A parameter of the workload.")
    private Map<String, String> params = Map.of();

    @Option(
            names = "--setting",
            hidden = true,
            paramLabel = "NAME=WANTED/BEFORE",
            description = "A setting that the agent has made.")
    private Map<String, String> settings = Map.of();

    /** The workload ended with another status than 0. */
    static final class StatusException extends SutException {
        private static final long serialVersionUID = 1L;

        StatusException(int status) {
            super("the workload ended with status " + status, null);
        }
    }

    boolean isGiven() {
        return outcome != null;
    }

    Optional<Duration> limit() {
        return Optional.ofNullable(limit).map(Duration::ofSeconds);
    }

    /** Writes what the session of a job is. */
    void record(Path folder, SystemFacts machine, String command, Optional<CompanionRecord> beside) {
        if (outcome == null) {
            return;
        }
        try {
            ManifestJson.write(
                    new SessionFolder(folder).manifest(),
                    new RunRecord(sut, workload, new TreeMap<>(params), new TreeMap<>(settings))
                            .informal(
                                    String.valueOf(folder.getFileName()),
                                    machine.host().name(),
                                    command)
                            .with(beside));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), null);
        }
    }

    /** Readings of a job have times by the wall clock: one that was set meanwhile puts them to the wrong places. */
    void requireSteadyClock(Outcome ran) {
        if (outcome == null) {
            return;
        }
        long wall = Duration.between(ran.begin(), ran.end()).toMillis();
        long monotonic = (ran.endNanos() - ran.beginNanos()) / 1_000_000;
        if (Math.abs(wall - monotonic) > CLOCK_MS) {
            throw new SutException(
                    "the clock was set by " + (wall - monotonic) + " ms while the workload ran", "Measure again.");
        }
    }

    /** Leaves that the session is complete, and adds it to the index. */
    void complete(Path output, Path folder) {
        if (outcome == null) {
            return;
        }
        note(RunnerOutcome.End.COMPLETE, folder.toString());
        try {
            new Indexing(new IndexFile(output), session -> {}).add(List.of(folder));
        } catch (RecordsException e) { // whoever gave the job adds it then
            System.err.println("wattline run: warning: " + e.getMessage());
        }
    }

    /** Leaves why there is no session. */
    void failed(WattlineException why, boolean interrupted) {
        RunnerOutcome.End end = interrupted
                ? RunnerOutcome.End.STOPPED
                : why instanceof StatusException
                                || why instanceof CompanionFailedException
                                || why instanceof OverTimeException
                        ? RunnerOutcome.End.WORKLOAD
                        : RunnerOutcome.End.INFRASTRUCTURE;
        note(end, String.valueOf(why.getMessage()));
    }

    private void note(RunnerOutcome.End end, String detail) {
        if (outcome != null) {
            try {
                new RunnerOutcome(end, detail).write(outcome);
            } catch (IOException e) {
                System.err.println("wattline run: cannot write " + outcome + ": " + IoErrors.of(e));
            }
        }
    }
}
