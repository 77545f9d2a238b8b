package dev.wattline.agent.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.JobReport.End;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.json.LabJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What jobs of the lab came to, a file each until the director has it. There is one from the moment in which a job is
 * accepted, so that none is forgotten whatever ends this process.
 */
final class JobReports {

    private static final String SUFFIX = ".report";
    private static final String UNFINISHED = "unfinished";
    private static final String BEGUN = "begun";
    private static final String RESTARTS = "restarts";

    private final Path folder;

    /** @param state the folder of the agent's state */
    JobReports(Path state) {
        this.folder = state.resolve("lab");
    }

    /** Notes that a job is accepted; on the disk when this returns. */
    void accepted(String job, int attempt) {
        JobReport unknown = JobReport.without(job, attempt, End.INTERRUPTED, "");
        write(job, unknown.into(LabMessage.empty().with(UNFINISHED, true).with("boot", boot())));
    }

    /**
     * Notes that an action's command is about to run, which must not run twice by itself; on the disk when this returns.
     *
     * @param restarts whether it starts the machine anew
     */
    void begun(String job, int attempt, boolean restarts) {
        JobReport unknown = JobReport.without(job, attempt, End.INTERRUPTED, "");
        write(
                job,
                unknown.into(LabMessage.empty()
                        .with(UNFINISHED, true)
                        .with(BEGUN, true)
                        .with(RESTARTS, restarts)
                        .with("boot", boot())));
    }

    /** Notes what a job came to; on the disk when this returns. */
    void ended(JobReport report) {
        write(report.job(), report.into(LabMessage.empty()));
    }

    private void write(String job, LabMessage message) {
        Path file = file(job);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            try (FileChannel out = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer text = ByteBuffer.wrap(LabJson.line(message).getBytes(StandardCharsets.UTF_8));
                while (text.hasRemaining()) {
                    out.write(text);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AgentException("cannot write " + file + ": " + IoErrors.of(e), "Free some space.", e);
        }
    }

    private Path file(String job) {
        return folder.resolve(job + SUFFIX);
    }

    /** Where the runner of a job leaves how it ended. */
    Path outcome(String job) {
        return folder.resolve(job + ".outcome");
    }

    /** What a job prints that is not measured. */
    Path output(String job) {
        return folder.resolve(job + ".out");
    }

    /** The number of the attempt of a job that is accepted and has not been reported; empty if it is no job of the lab. */
    Optional<Integer> attempt(String job) {
        return read(file(job)).map(message -> JobReport.of(message).attempt());
    }

    /**
     * All reports that the director has not taken yet. A job that was accepted and of which nothing more is noted was cut
     * short.
     *
     * @param preparing the job that was being prepared and was not handed over when the last agent ended; empty for none
     */
    List<JobReport> all(Optional<String> preparing) {
        List<JobReport> reports = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return reports;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(message -> reports.add(report(message, preparing)));
            }
        } catch (IOException e) {
            throw new AgentException("cannot read " + folder + ": " + IoErrors.of(e), null, e);
        }
        return reports;
    }

    private static JobReport report(LabMessage message, Optional<String> preparing) {
        JobReport report = JobReport.of(message);
        if (!message.flag(UNFINISHED)) {
            return report;
        }
        if (preparing.equals(Optional.of(report.job())) && !message.flag(BEGUN)) {
            return JobReport.without(
                    report.job(), report.attempt(), End.NOT_STARTED, "its agent ended while it prepared the machine");
        }
        String boot = boot();
        String then = message.optionalText("boot").orElse("");
        if (message.flag(RESTARTS) && !boot.equals(then)) {
            return JobReport.without(report.job(), report.attempt(), End.COMPLETE, "")
                    .withLog(List.of("the machine was started anew (boot " + then + ", now " + boot + ")"));
        }
        String cause = boot.equals(then)
                ? "its agent or its runner was killed"
                : "the machine was restarted meanwhile (boot " + then + ", now " + boot + ")";
        return JobReport.without(report.job(), report.attempt(), End.INTERRUPTED, cause);
    }

    private static Optional<LabMessage> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(LabJson.parse(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            throw new AgentException("cannot read " + file + ": " + IoErrors.of(e), null, e);
        } catch (WattlineException e) {
            throw new AgentException(
                    file + " is no report of a job: " + e.getMessage(), "Move it away; its job counts as lost.", e);
        }
    }

    /** The director has it. */
    void delete(String job) {
        try {
            Files.deleteIfExists(file(job));
            RunnerOutcome.delete(outcome(job));
            Files.deleteIfExists(output(job));
        } catch (IOException e) {
            throw new AgentException("cannot delete " + file(job) + ": " + IoErrors.of(e), null, e);
        }
    }

    private static String boot() {
        // A test names a file of its own, which it changes where the machine is to have been started anew.
        Path boot = Path.of(System.getProperty("wattline.test.boot", "/proc/sys/kernel/random/boot_id"));
        try {
            return Files.readString(boot).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
