package dev.wattline.report.session;

import dev.wattline.analysis.result.MergedTrace;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import dev.wattline.report.json.TimePlotsJson;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Page;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Tones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns findings into the page. */
final class PageBuilder {
    private PageBuilder() {}

    static Page page(ReportInput input) {
        RunFacts facts = new RunFacts(input);
        Document document = new Document(
                "Power report " + input.session(),
                "Power report",
                input.session(),
                measured(input.analysis().trace(), facts.zone()),
                TimePlotsJson.of(RunSection.plots(facts)),
                Assets.withPlots(),
                "Written by Wattline " + input.version() + " on " + Numbers.stamp(input.writtenAt(), RunFacts.UTC)
                        + ". This file needs nothing but itself.");
        return new Page(
                document,
                facts.together(),
                facts.doubt(),
                facts.together() == null ? "" : Tones.of(facts.together().level()),
                HeadlineText.of(facts),
                Tiles.of(facts),
                warnings(facts),
                sections(facts),
                Provenances.of(facts));
    }

    /**
     * What makes a session suspect stands before any figure, on paper too; its file and line are in the table of the audit.
     * That the data are a mock's is said in the headline.
     */
    private static List<String> warnings(RunFacts facts) {
        List<String> warnings = new ArrayList<>();
        SessionReport checked = facts.input().checked();
        if (checked != null) {
            for (Finding finding : checked.audit()) {
                if (finding.severity() != Severity.INFO && !finding.id().equals(RunFacts.MOCK_ANALYZER)) {
                    warnings.add("Audit " + finding.severity().word() + " " + finding.id() + ": " + finding.message());
                }
            }
        }
        warnings.addAll(facts.found().warnings());
        facts.input().sources().ifPresent(all -> warnings.addAll(SourcesSection.notices(all)));
        return warnings;
    }

    private static String measured(MergedTrace trace, String zone) {
        if (trace.size() == 0) {
            return "";
        }
        long first = trace.wallW().epochMs(0);
        long last = trace.wallW().epochMs(trace.size() - 1);
        return "Measured from " + Numbers.stamp(Instant.ofEpochMilli(first), zone) + ", "
                + Numbers.duration((last - first) / 1e3) + " of log";
    }

    private static List<Section> sections(RunFacts facts) {
        List<Section> sections = new ArrayList<>();
        sections.add(RunSection.of(facts));
        if (!facts.isCovered()) {
            sections.add(SessionSections.uncovered(facts));
        } else if (facts.hasTelemetry()) {
            sections.add(ErrorSection.of(facts));
            sections.add(WallSection.of(facts));
            sections.add(GpuSection.of(facts));
            sections.add(RateSections.rates(facts));
            sections.add(RateSections.periodic(facts));
            sections.add(CorrelationSection.of(facts));
            sections.add(ClockSection.of(facts));
        } else {
            sections.add(SessionSections.missing(facts));
        }
        if (facts.isCovered()) {
            facts.input().sources().ifPresent(all -> sections.add(SourcesSection.of(all, List.of("sources"))));
        }
        SessionReport checked = facts.input().checked();
        if (checked != null) {
            sections.add(SessionSections.checks(checked));
            sections.add(SetupSection.of(facts));
        }
        if (facts.isCovered()) {
            sections.add(SessionSections.profile(facts));
        }
        return sections;
    }
}
