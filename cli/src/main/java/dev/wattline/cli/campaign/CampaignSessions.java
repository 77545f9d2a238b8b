package dev.wattline.cli.campaign;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.campaign.engine.EndedAttempt;
import dev.wattline.campaign.local.CampaignFolder;
import dev.wattline.cli.demo.SelfCommand;
import dev.wattline.cli.json.RunResult;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.IoErrors;
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.index.Indexing;
import dev.wattline.report.ReportJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign tells of its sessions: of each what the checks came to and, when nothing is left to measure, the reports that
 * are missing. No verdict depends on a report, and the seconds it takes would be lost between two sessions.
 */
final class CampaignSessions {
    private final Path results;
    private final CampaignFolder folder;
    private final Consumer<String> console;

    @GuardedBy("this")
    private @Nullable Process running;

    @GuardedBy("this")
    private boolean interrupted;

    /** @param console told of what is done, a line each */
    CampaignSessions(AgentConfig machine, CampaignFolder folder, Consumer<String> console) {
        this.results = machine.results();
        this.folder = folder;
        this.console = console;
    }

    /** Adds a session to the index, and prints what its checks came to. */
    static void index(IndexFile index, Path session) {
        Indexing.telling(index, CampaignSessions::print).add(List.of(session));
    }

    /** As {@code run} does. */
    private static void print(SessionReport report) {
        new RunResult(
                        String.valueOf(report.session().getFileName()),
                        report.session(),
                        List.of(),
                        RunResult.checked(report),
                        Optional.empty())
                .lines()
                .forEach(System.out::println);
    }

    /** Ends the writing of reports, from any thread. */
    synchronized void interrupt() {
        interrupted = true;
        if (running != null) {
            running.destroy();
        }
    }

    /**
     * Writes the reports that are missing, each by a process of its own, whose heap is as large as it must be. What cannot be
     * written is told, and the next {@code campaign run} tries it again.
     */
    void writeReports() {
        List<Path> missing = EndedAttempt.of(folder.journal().entries()).stream()
                .filter(attempt -> !attempt.session().isEmpty())
                .map(attempt -> results.resolve(attempt.session()))
                .distinct()
                .filter(session -> Files.isDirectory(session) && !Files.exists(ReportJob.fileOf(session)))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        console.accept("writes the reports of " + missing.size() + (missing.size() == 1 ? " session" : " sessions"));
        for (Path session : missing) {
            if (!write(session)) {
                return;
            }
        }
    }

    /** Whether to go on with the next. */
    private boolean write(Path session) {
        try {
            Process process = start(SelfCommand.find().with("report", session.toString()));
            if (process == null) {
                return false;
            }
            process.waitFor();
        } catch (IOException e) {
            console.accept("warning: wattline report could not be started: " + IoErrors.of(e));
            return false;
        } catch (InterruptedException e) {
            interrupt();
            Thread.currentThread().interrupt();
            return false;
        }
        if (!Files.exists(ReportJob.fileOf(session)) && !isInterrupted()) {
            console.accept("warning: a report was not written; 'wattline report " + session + "' says why");
        }
        return true;
    }

    private synchronized boolean isInterrupted() {
        return interrupted;
    }

    private synchronized @Nullable Process start(List<String> command) throws IOException {
        if (interrupted) {
            return null;
        }
        running = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return running;
    }
}
