package dev.wattline.cli.demo;

import dev.wattline.analysis.AnalysisRequest;
import dev.wattline.analysis.AnalysisText;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.json.CalibrationJson;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.cli.report.AnalysisFiles;
import dev.wattline.cli.report.ReportJob;
import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SplReader;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the demo says at its end: the session, its power and energy, its verdict, and how to go on with real hardware. */
public final class DemoSummary {
    private static final String SOURCES = "sources checksum";

    private final Path session;
    private final Path folder;
    private final DemoCards cards;
    private final ReportJob reports;
    private final SelfCommand self;

    public DemoSummary(Path session, Path folder, DemoCards cards, ReportJob reports, SelfCommand self) {
        this.session = session;
        this.folder = folder;
        this.cards = cards;
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
    private List<String> error(SamplingError found) throws IOException {
        ErrorResult error = found.error();
        WallResult wall = found.wall();
        Instant start = found.windowStart();
        Instant end = found.windowEnd();
        List<String> lines = new ArrayList<>();
        lines.add("GPUs      " + AnalysisText.headline(error));
        double trueJ = wall == null ? Double.NaN : cards.trueEnergyJ(wall);
        if (!Double.isNaN(trueJ) && !Double.isNaN(error.reportedJ()) && start != null && end != null) {
            DemoTruth truth =
                    DemoTruth.of(error.reportedJ(), trueJ, DemoCards.EFFICIENCY, testingSamples(), start, end);
            lines.add("          " + truth.against(error.ci95Pct()));
        }
        return lines;
    }

    private List<PowerSample> testingSamples() throws IOException {
        List<PowerSample> samples = new ArrayList<>();
        try (SplReader reader = SplReader.open(new SessionFolder(session).spl(Phase.TESTING))) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                samples.add(sample);
            }
        }
        return samples;
    }

    private static String power(@Nullable PowerMetric metric) {
        if (metric == null || metric.averageWatts() == null || metric.energyJoules() == null) {
            return metric == null ? "not computed" : String.join("; ", metric.notes());
        }
        return String.format(
                Locale.ROOT,
                "%.2f W on average, %.1f J, from %d samples in LoadGen's power window",
                metric.averageWatts(),
                metric.energyJoules(),
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
