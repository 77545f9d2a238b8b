package dev.wattline.agent.lab;

import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.JobReport.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reports of jobs by what their runners left. */
final class RunnerReports {
    private final JobReports reports;
    private final LabAgent.Verdict verdict;
    private final Consumer<String> console;

    RunnerReports(JobReports reports, LabAgent.Verdict verdict, Consumer<String> console) {
        this.reports = reports;
        this.verdict = verdict;
        this.console = console;
    }

    /** What a job came to whose runner has ended. */
    JobReport report(String job, int attempt, int status, List<String> suspicions) {
        Optional<RunnerOutcome> left;
        try {
            left = RunnerOutcome.read(reports.outcome(job));
        } catch (IOException e) {
            String cause = "what the runner left cannot be read: " + IoErrors.of(e);
            return withLog(JobReport.without(job, attempt, End.INFRASTRUCTURE, cause));
        }
        if (left.isEmpty()) {
            String cause = "the runner ended with status " + status + " and left no result";
            return withLog(JobReport.without(job, attempt, End.INTERRUPTED, cause));
        }
        String detail = left.get().detail();
        return withLog(
                switch (left.get().end()) {
                    case COMPLETE -> complete(job, attempt, Path.of(detail), suspicions);
                    case WORKLOAD -> JobReport.without(job, attempt, End.FAILED, detail);
                    case STOPPED -> JobReport.without(job, attempt, End.STOPPED, detail);
                    case INFRASTRUCTURE -> JobReport.without(job, attempt, End.INFRASTRUCTURE, detail);
                });
    }

    /** The same with the last lines of the session's log, if a session was opened: most wanted where it came to nothing. */
    JobReport withLog(JobReport report) {
        Optional<Path> log = RunnerOutcome.session(reports.outcome(report.job()))
                .map(session -> session.resolve("power").resolve("client.log"))
                .filter(Files::exists);
        try {
            return log.isPresent() ? report.withLog(LastLines.of(log.get())) : report;
        } catch (IOException e) {
            console.accept("warning: " + log.get() + " cannot be read: " + IoErrors.of(e));
            return report;
        }
    }

    private JobReport complete(String job, int attempt, Path session, List<String> suspicions) {
        List<String> invalid = new ArrayList<>(suspicions);
        try {
            invalid.addAll(verdict.of(session));
        } catch (WattlineException e) {
            invalid.add("its validity is not known: " + e.getMessage());
        }
        return new JobReport(job, attempt, End.COMPLETE, "", String.valueOf(session.getFileName()), invalid, List.of());
    }
}
