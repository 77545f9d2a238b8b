package dev.wattline.analysis.report;

import dev.wattline.analysis.report.json.TimePlotsJson;
import dev.wattline.analysis.report.page.Assets;
import dev.wattline.analysis.report.page.Page;
import dev.wattline.analysis.report.page.Section;
import dev.wattline.analysis.result.MergedTrace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns findings into the page. */
final class PageBuilder {
    private PageBuilder() {}

    static Page page(ReportInput input, Assets assets) {
        RunFacts facts = new RunFacts(input);
        return new Page(
                "Power report " + input.session(),
                input.session(),
                measured(input.analysis().trace(), facts.zone()),
                HeadlineText.of(facts),
                Tiles.of(facts),
                facts.found().warnings(),
                sections(facts),
                Provenances.of(facts),
                TimePlotsJson.of(RunSection.plots(facts)),
                assets,
                "Written by Wattline " + input.version() + " on " + Numbers.stamp(input.writtenAt(), RunFacts.UTC)
                        + ". This file needs nothing but itself.");
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
        if (facts.hasTelemetry()) {
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
        VerdictSummary verdict = facts.input().verdict();
        if (verdict != null) {
            sections.add(SessionSections.checks(verdict));
        }
        sections.add(SessionSections.profile(facts));
        return sections;
    }
}
