package dev.wattline.report.ledger;

import dev.wattline.charts.BarChart;
import dev.wattline.ledger.study.Comparison;
import dev.wattline.ledger.study.Hypotheses;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.PageRenderer;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sources held against each other, and what the data say of common suppositions, as a page. */
public final class ComparePage {
    private static final int DIGITS = 5;
    private static final double PERCENT = 100;

    private ComparePage() {}

    /**
     * The page.
     *
     * @param ledger the ledger's name
     * @param hypotheses answers to suppositions; empty if none were asked for
     */
    public static String html(
            String ledger,
            List<Comparison.Group> groups,
            List<Comparison.HostShare> shares,
            List<Hypotheses.Verdict> hypotheses,
            String footer) {
        List<LedgerPage.Part> parts = new ArrayList<>();
        for (int i = 0; i < hypotheses.size(); i++) {
            parts.add(new LedgerPage.Part(hypothesis("hypothesis-" + (i + 1), hypotheses.get(i)), List.of()));
        }
        parts.add(new LedgerPage.Part(comparisons(groups), List.of()));
        if (!shares.isEmpty()) {
            parts.add(new LedgerPage.Part(shares(shares), List.of()));
        }
        return new PageRenderer()
                .render(
                        "ledger.jte",
                        new LedgerPage(
                                new Document(
                                        "Energy data of several sources",
                                        "Ledger: compare",
                                        ledger,
                                        "",
                                        "",
                                        Assets.plain(),
                                        footer),
                                groups.size() + " comparisons, " + count(groups, Comparison.Verdict.AGREE) + " agree, "
                                        + count(groups, Comparison.Verdict.DIFFER) + " differ",
                                "Intervals are held against intervals, at one scope only; what cannot be said is called"
                                        + " so.",
                                hypotheses.stream()
                                        .map(verdict -> new LedgerPage.Count(
                                                verdict.supposition(),
                                                verdict.answer().words(),
                                                values(verdict),
                                                ""))
                                        .toList(),
                                List.of(),
                                parts));
    }

    private static long count(List<Comparison.Group> groups, Comparison.Verdict verdict) {
        return groups.stream().filter(group -> group.verdict() == verdict).count();
    }

    private static String values(Hypotheses.Verdict verdict) {
        int values =
                verdict.evidence().stream().mapToInt(Hypotheses.Evidence::count).sum();
        return values + " values";
    }

    private static Section hypothesis(String id, Hypotheses.Verdict verdict) {
        BarChart chart = new BarChart(verdict.unit());
        verdict.evidence()
                .forEach(evidence -> chart.interval(
                        evidence.group(),
                        evidence.median(),
                        evidence.least(),
                        evidence.greatest(),
                        Numbers.digits(PERCENT * evidence.within(), 3) + " % of " + evidence.count()));
        String range = Numbers.digits(verdict.from(), 2) + " to " + Numbers.digits(verdict.to(), 2);
        return new Section(
                id,
                "“" + verdict.supposition() + "”: " + verdict.answer().words(),
                verdict.note(),
                verdict.evidence().isEmpty()
                        ? List.of()
                        : List.of(Figure.Drawing.of(
                                "Least, median and greatest",
                                "by group, with the share of its values that lie in what is supposed: " + range + " ("
                                        + verdict.unit() + ")",
                                chart)),
                verdict.evidence().isEmpty()
                        ? List.of()
                        : List.of(new Table(
                                "Numbers: " + verdict.evidence().size() + " groups",
                                Table.columns(
                                        "Group", "#n", "#Least", "#Median", "#Greatest", "#Within " + range + ", %"),
                                verdict.evidence().stream()
                                        .map(evidence -> List.of(
                                                evidence.group(),
                                                String.valueOf(evidence.count()),
                                                Numbers.digits(evidence.least(), DIGITS),
                                                Numbers.digits(evidence.median(), DIGITS),
                                                Numbers.digits(evidence.greatest(), DIGITS),
                                                Numbers.fixed(PERCENT * evidence.within(), 1)))
                                        .toList(),
                                false)),
                List.of());
    }

    private static Section comparisons(List<Comparison.Group> groups) {
        List<Table> tables = new ArrayList<>();
        for (Comparison.Verdict verdict : Comparison.Verdict.values()) {
            List<Comparison.Group> some =
                    groups.stream().filter(group -> group.verdict() == verdict).toList();
            if (!some.isEmpty()) {
                // What cannot be said is the most by far, and says the least: it is opened by who looks for it.
                tables.add(table(verdict.word() + ": " + some.size(), some, verdict != Comparison.Verdict.CANNOT_SAY));
            }
        }
        return new Section(
                "comparisons",
                "Comparisons",
                groups.isEmpty() ? "No two sources speak of the same." : "A line a source, below what it speaks of.",
                List.of(),
                tables,
                List.of());
    }

    /** What is compared stands in a group's first line only. */
    private static Table table(String caption, List<Comparison.Group> groups, boolean open) {
        List<List<String>> rows = new ArrayList<>();
        for (Comparison.Group group : groups) {
            boolean first = true;
            for (Comparison.Voice voice : group.voices()) {
                String scope = group.scope().name().toLowerCase(Locale.ROOT);
                rows.add(List.of(
                        first ? words(group.key()) : "",
                        first ? group.quantity() + ", " + scope : "",
                        voice.source(),
                        String.valueOf(voice.count()),
                        Numbers.within(voice.median(), voice.resolution(voice.median())),
                        interval(voice),
                        voice.confidence(),
                        first ? group.reason() : ""));
                first = false;
            }
        }
        return new Table(
                caption,
                Table.columns(
                        "What", "Quantity, scope", "Source", "#n", "#Median", "#95 % interval", "Confidence", "Why"),
                rows,
                open);
    }

    private static Section shares(List<Comparison.HostShare> shares) {
        return new Section(
                "host",
                "Host and losses",
                "Where the power at the wall and that of the cards alone are both known.",
                List.of(),
                List.of(new Table(
                        "Keys: " + shares.size(),
                        Table.columns("What", "#W a card at the wall", "#W of a card", "#Host and losses, %"),
                        shares.stream()
                                .map(share -> List.of(
                                        words(share.key()),
                                        Numbers.digits(share.wallWatts(), 4),
                                        Numbers.digits(share.cardWatts(), 4),
                                        Numbers.fixed(PERCENT * share.share(), 1)))
                                .toList(),
                        true)),
                List.of());
    }

    private static String words(Map<String, String> key) {
        return key.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty() ? "unknown " + entry.getKey() : entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String interval(Comparison.Voice voice) {
        return voice.low() == null || voice.high() == null
                ? Numbers.NONE
                : Numbers.within(voice.low(), voice.resolution(voice.low())) + " … "
                        + Numbers.within(voice.high(), voice.resolution(voice.high()));
    }
}
