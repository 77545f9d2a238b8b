package dev.wattline.cli.demo;

import dev.wattline.analysis.AnalysisFiles;
import dev.wattline.analysis.AnalysisText;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.json.CalibrationJson;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.files.SessionFolder;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.report.ReportJob;
import dev.wattline.report.page.Numbers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the demo says at its end: the session, its power and energy, its verdict, and how to go on with real hardware. */
public final class DemoSummary {
    private static final String SOURCES = "sources checksum";

    private final Path session;
    private final Path folder;
    private final DemoCards cards;
    private final SignalModel signal;
    private final long signalStartMillis;
    private final ReportJob reports;
    private final SelfCommand self;

    /**
     * @param signal what both mocks saw
     * @param signalStartMillis when it began, in ms since the epoch
     */
    public DemoSummary(
            Path session,
            Path folder,
            DemoCards cards,
            SignalModel signal,
            long signalStartMillis,
            ReportJob reports,
            SelfCommand self) {
        this.session = session;
        this.folder = folder;
        this.cards = cards;
        this.signal = signal;
        this.signalStartMillis = signalStartMillis;
        this.reports = reports;
        this.self = self;
    }

    /**
     * Prints it and returns the demo's exit status: 0 if the session passes all that a Wattline session can pass.
     *
     * @throws IOException if the analysis cannot be written
     */
    public int print(PrintStream out) throws IOException {
        SessionReport report = new SessionChecker(new CheckOptions("latest", null, true)).check(session);
        List<CheckResult> failed =
                report.checks().stream().filter(check -> check.verdict().bad()).toList();
        List<CheckResult> unexpected =
                failed.stream().filter(check -> !check.name().contains(SOURCES)).toList();
        out.println();
        out.println("session   " + session);
        out.println("power     " + power(report.metric()));
        out.printf(
                "checks    %d of %d official checks pass%n",
                report.checks().size() - failed.size(), report.checks().size());
        if (unexpected.isEmpty()) {
            out.println("          (the two source checks know the hashes of MLCommons' own tool only)");
        }
        for (CheckResult check : unexpected) {
            out.println("          " + check.name() + ": " + check.message().strip());
        }
        Path calibration = folder.resolve("cards.json");
        CalibrationJson.write(calibration, cards.calibrations());
        Analysis found = SessionAnalyzer.analyze(
                AnalysisRequest.ofSession(session).withCalibrations(CalibrationJson.read(calibration)));
        AnalysisFiles.write(new SessionFolder(session).analysis(), found);
        error(found.summary()).forEach(out::println);
        out.println("logs      " + folder);
        out.println("report    " + reports.write(report, found));
        out.print(nextSteps());
        return unexpected.isEmpty() && report.overall() != Verdict.CRASH ? 0 : 1;
    }

    /** How wrong the mock nvidia-smi is by the analysis, and in truth. */
    private List<String> error(SamplingError found) {
        ErrorResult error = found.error();
        Instant start = found.windowStart();
        Instant end = found.windowEnd();
        List<String> lines = new ArrayList<>();
        lines.add("GPUs      " + AnalysisText.headline(error));
        if (!Double.isNaN(error.reportedJ()) && start != null && end != null) {
            OptionalDouble trueJ = cards.trueEnergyJ(signal, sinceStart(start), sinceStart(end));
            lines.add(
                    trueJ.isPresent()
                            ? "          "
                                    + DemoTruth.of(error.reportedJ(), trueJ.getAsDouble())
                                            .against(error.ci95Pct())
                            : "          true error not known: the signal follows this machine's load, or falls below the "
                                    + Math.round(DemoCards.OTHER_WATTS) + " W of all but the cards");
        }
        return lines;
    }

    private double sinceStart(Instant instant) {
        return (instant.toEpochMilli() - signalStartMillis) / 1e3;
    }

    private static String power(@Nullable PowerMetric metric) {
        if (metric == null || metric.averageWatts() == null || metric.energyJoules() == null) {
            return metric == null ? "not computed" : String.join("; ", metric.noteTexts());
        }
        double watts = metric.averageWatts();
        double joules = metric.energyJoules();
        double half = metric.relativeHalfWidth() * watts;
        return String.format(
                Locale.ROOT,
                "%s%s W on average, %s J, from %d samples in LoadGen's power window",
                metric.rounded(watts),
                Double.isNaN(half) ? "" : " ± " + Numbers.within(half, half),
                metric.rounded(joules),
                metric.samples());
    }

    private String nextSteps() {
        return """

                Next:
                  open the report in a browser
                  {wattline} check {session}
                  {wattline} analyze {session} --card {cards}
                With real hardware:
                  1. on the director, put your PTDaemon, analyzer and NTP server into configs/director.conf, then
                       {wattline} director -c configs/director.conf
                  2. on the system under test
                       {wattline} run -a DIRECTOR -n NTP -w ./run.sh -L loadgen-logs -o results
                     (add --telemetry nvidia-smi for the GPUs' own readings)
                  and before a long run, on both machines: {wattline} doctor --help
                """.replace("{wattline}", self.typedIn(Path.of("")))
                .replace("{session}", SelfCommand.quote(session.toString()))
                .replace(
                        "{cards}",
                        SelfCommand.quote(folder.resolve("cards.json").toString()));
    }
}
