package dev.wattline.report.ledger;

import dev.wattline.charts.Axis;
import dev.wattline.charts.Chart;
import dev.wattline.charts.Layer;
import dev.wattline.ledger.join.EfficiencyPairs;
import dev.wattline.ledger.join.Performances.Performance;
import dev.wattline.ledger.join.PublishedVerdict;
import dev.wattline.ledger.join.Verification;
import dev.wattline.ledger.join.VerifiedLedger;
import dev.wattline.ledger.join.VerifiedRow;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.PageRenderer;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The verdicts on a ledger's values as a page. */
public final class VerifyPage {
    private static final int DIGITS = 10;
    private static final double PERCENT = 100;
    private static final double HALF_BAR = 0.34;
    private static final int LETTERS = 36; // of rounds' names that stand side by side where a page is 400 pixels wide
    /** The verdicts that are drawn, each in its own colour; a round that was not given has none. */
    private static final Map<PublishedVerdict, String> DRAWN = new EnumMap<>(Map.of(
            PublishedVerdict.EQUAL, "c0",
            PublishedVerdict.ROUNDED, "c2",
            PublishedVerdict.WRONG_ROW, "c6",
            PublishedVerdict.DIFFERS, "c3",
            PublishedVerdict.NO_SESSION, "c4",
            PublishedVerdict.INCOMPLETE, "c5",
            PublishedVerdict.NO_NUMBER, "c1"));

    private VerifyPage() {}

    /**
     * The page.
     *
     * @param ledger the ledger's name
     * @param trees what the values were held against
     */
    public static String html(VerifiedLedger verified, String ledger, List<String> trees, String footer) {
        Map<PublishedVerdict, Long> counts = verified.counts();
        long wrong =
                counts.getOrDefault(PublishedVerdict.WRONG_ROW, 0L) + counts.getOrDefault(PublishedVerdict.DIFFERS, 0L);
        long right =
                counts.getOrDefault(PublishedVerdict.EQUAL, 0L) + counts.getOrDefault(PublishedVerdict.ROUNDED, 0L);
        return new PageRenderer()
                .render(
                        "ledger.jte",
                        new LedgerPage(
                                new Document(
                                        "Published energy against raw logs",
                                        "Ledger: verify",
                                        ledger,
                                        "against " + String.join(", ", trees),
                                        "",
                                        Assets.plain(),
                                        footer),
                                right + " published values are those of their logs, " + wrong + " are not",
                                "Each published power and energy was computed again from the raw log of its own session, by"
                                        + " the rules of the session's round.",
                                tiles(verified, counts),
                                verified.problems(),
                                parts(verified)));
    }

    private static List<LedgerPage.Count> tiles(VerifiedLedger verified, Map<PublishedVerdict, Long> counts) {
        List<LedgerPage.Count> tiles = new ArrayList<>();
        tiles.add(tile(counts, PublishedVerdict.EQUAL, "the value of its own session", "good"));
        tiles.add(tile(counts, PublishedVerdict.ROUNDED, "that value, rounded", "good"));
        tiles.add(tile(counts, PublishedVerdict.WRONG_ROW, "the value of another result", "bad"));
        tiles.add(tile(counts, PublishedVerdict.DIFFERS, "its session has another value", "bad"));
        long unknown = counts.getOrDefault(PublishedVerdict.NO_SESSION, 0L)
                + counts.getOrDefault(PublishedVerdict.INCOMPLETE, 0L)
                + counts.getOrDefault(PublishedVerdict.NO_NUMBER, 0L);
        tiles.add(new LedgerPage.Count(
                "cannot be said", String.valueOf(unknown), "no session, a log is missing, no number", ""));
        tiles.add(new LedgerPage.Count(
                "performance",
                verified.performances(PublishedVerdict.EQUAL) + verified.performances(PublishedVerdict.ROUNDED) + " of "
                        + verified.performances().size(),
                "are LoadGen's result of that session",
                wrong(verified) > 0 ? "warn" : ""));
        return tiles;
    }

    private static LedgerPage.Count tile(
            Map<PublishedVerdict, Long> counts, PublishedVerdict verdict, String note, String tone) {
        long count = counts.getOrDefault(verdict, 0L);
        return new LedgerPage.Count(verdict.word(), String.valueOf(count), note, count == 0 ? "" : tone);
    }

    private static List<LedgerPage.Part> parts(VerifiedLedger verified) {
        List<LedgerPage.Part> parts = new ArrayList<>();
        parts.add(part(verdicts(verified)));
        List<VerifiedRow> wrong =
                verified.rows().stream().filter(row -> row.verdict().bad()).toList();
        parts.add(part(new Section(
                "wrong",
                "Values that are not those of their rows",
                wrong.isEmpty()
                        ? "None."
                        : "The row's own session has another value; where the published one comes from stands beside it.",
                List.of(),
                wrong.isEmpty() ? List.of() : List.of(values("All of them: " + wrong.size(), wrong, true)),
                List.of())));
        parts.add(part(performance(verified)));
        parts.add(part(recordings(verified.recordings())));
        parts.add(part(efficiency(verified.efficiency())));
        return parts;
    }

    private static LedgerPage.Part part(Section section) {
        return new LedgerPage.Part(section, List.of());
    }

    private static Section verdicts(VerifiedLedger verified) {
        Map<String, List<VerifiedRow>> rounds = new TreeMap<>();
        for (VerifiedRow row : verified.rows()) {
            if (row.verdict() != PublishedVerdict.ROUND_NOT_GIVEN) {
                rounds.computeIfAbsent(name(row.row().submission()), name -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Table> tables = new ArrayList<>();
        rounds.forEach((round, rows) -> tables.add(values(round + ", every value: " + rows.size(), rows, false)));
        List<Figure> figures = rounds.isEmpty()
                ? List.of()
                : List.of(Figure.Drawing.of("Verdicts by round", "published powers and energies", chart(rounds)));
        long without = verified.counts().getOrDefault(PublishedVerdict.ROUND_NOT_GIVEN, 0L);
        String lead = without == 0 ? "Every value has its round's logs." : without + " values are of rounds not given.";
        return new Section("verdicts", "Verdicts", lead, figures, tables, List.of());
    }

    private static String name(LedgerRow.Submission submission) {
        String suite = submission.suite().name();
        return submission.round() + " " + suite.charAt(0) + suite.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private static Chart chart(Map<String, List<VerifiedRow>> rounds) {
        List<String> names = List.copyOf(rounds.keySet());
        int top = rounds.values().stream().mapToInt(List::size).max().orElse(1);
        Chart chart = new Chart(Axis.names("", names), Axis.linear("values", 0, top)).height(240);
        double[] below = new double[names.size()];
        for (PublishedVerdict verdict : PublishedVerdict.values()) {
            String role = DRAWN.get(verdict);
            List<Layer.Bar> bars = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                long count = rounds.getOrDefault(names.get(i), List.of()).stream()
                        .filter(row -> row.verdict() == verdict)
                        .count();
                if (count > 0) {
                    String text = names.get(i) + ": " + count + " " + verdict.word();
                    bars.add(new Layer.Bar(i - HALF_BAR, i + HALF_BAR, below[i], below[i] + count, text));
                    below[i] += count;
                }
            }
            if (role != null && !bars.isEmpty()) {
                chart.add(new Layer.Bars(role, bars)).barKey(verdict.word(), role);
            }
        }
        int letters = names.stream().mapToInt(String::length).max().orElse(0);
        return names.size() * letters > LETTERS ? chart.slanted() : chart;
    }

    private static Table values(String caption, List<VerifiedRow> rows, boolean open) {
        return new Table(
                caption,
                Table.columns(
                        "Submission",
                        "System",
                        "Model, scenario",
                        "#Published",
                        "Unit",
                        "Verdict",
                        "#From the log",
                        "#95 % interval",
                        "Its session",
                        "The value is that of",
                        "Place"),
                rows.stream()
                        .map(row -> List.of(
                                row.row().submission().round() + " "
                                        + row.row().submission().id(),
                                row.row().machine().name(),
                                task(row.row()),
                                row.measure().text(),
                                row.measure().label(),
                                row.verdict().word(),
                                number(row.rederived()),
                                interval(row.own()),
                                session(row.own()),
                                String.join("; ", row.valueFoundIn()),
                                row.row().origin().file() + ", " + row.measure().place()))
                        .toList(),
                open);
    }

    private static String task(LedgerRow row) {
        return (row.task().model() + " " + row.task().scenario()).strip();
    }

    private static String session(VerifiedRow.@Nullable Own own) {
        if (own == null) {
            return "";
        }
        String copies = own.sameRecordingAs().isEmpty()
                ? ""
                : "; the same recording as " + String.join(", ", own.sameRecordingAs());
        return own.path() + copies + (own.why().isEmpty() ? "" : " (" + own.why() + ")");
    }

    private static String interval(VerifiedRow.@Nullable Own own) {
        return own == null || Double.isNaN(own.low())
                ? ""
                : Numbers.digits(own.low(), 6) + " … " + Numbers.digits(own.high(), 6);
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : Numbers.digits(value, DIGITS);
    }

    private static long wrong(VerifiedLedger verified) {
        return verified.performances(PublishedVerdict.DIFFERS) + verified.performances(PublishedVerdict.WRONG_ROW);
    }

    private static Section performance(VerifiedLedger verified) {
        List<Performance> others = verified.performances().stream()
                .filter(each -> each.verdict() != PublishedVerdict.EQUAL && each.verdict() != PublishedVerdict.ROUNDED)
                .toList();
        String lead = verified.performances().isEmpty()
                ? "No published performance belongs to a session with power."
                : verified.performances(PublishedVerdict.EQUAL) + " of "
                        + verified.performances().size()
                        + " published performances are LoadGen's result to 1e-6, "
                        + verified.performances(PublishedVerdict.ROUNDED) + " that result rounded, "
                        + wrong(verified) + " are not.";
        List<Table> tables = others.isEmpty()
                ? List.of()
                : List.of(new Table(
                        "The others: " + others.size(),
                        Table.columns(
                                "Submission",
                                "System",
                                "Model, scenario",
                                "#Published",
                                "Unit",
                                "Verdict",
                                "#From the log",
                                "LoadGen's key",
                                "Its session",
                                "The value is that of"),
                        others.stream()
                                .map(each -> List.of(
                                        each.row().submission().round() + " "
                                                + each.row().submission().id(),
                                        each.row().machine().name(),
                                        task(each.row()),
                                        each.measure().text(),
                                        each.measure().label(),
                                        each.verdict().word(),
                                        number(each.rederived()),
                                        each.key(),
                                        each.session(),
                                        String.join("; ", each.valueFoundIn())))
                                .toList(),
                        true));
        return new Section("performance", "Performance", lead, List.of(), tables, List.of());
    }

    private static Section recordings(List<Verification.Recording> recordings) {
        return new Section(
                "recordings",
                "One recording in several folders",
                recordings.isEmpty()
                        ? "None: no two sessions of a round have the same mean power, number of samples and energy."
                        : "The sessions of a line have the same mean power, number of samples and energy: one measurement"
                                + " that was filed several times, mostly for the targets of 99 and 99.9 %.",
                List.of(),
                recordings.isEmpty()
                        ? List.of()
                        : List.of(new Table(
                                "Recordings: " + recordings.size(),
                                Table.columns("Round", "#Folders", "Sessions"),
                                recordings.stream()
                                        .map(recording -> List.of(
                                                recording.round(),
                                                String.valueOf(
                                                        recording.sessions().size()),
                                                String.join("; ", recording.sessions())))
                                        .toList(),
                                true)),
                List.of());
    }

    private static Section efficiency(EfficiencyPairs efficiency) {
        List<Table> tables = new ArrayList<>();
        for (EfficiencyPairs.Kind kind : EfficiencyPairs.Kind.values()) {
            List<EfficiencyPairs.Pair> pairs = efficiency.within().stream()
                    .filter(pair -> pair.kind() == kind)
                    .toList();
            if (!pairs.isEmpty()) {
                tables.add(new Table(
                        "Two " + kind.word() + ", cannot be told apart: " + pairs.size() + " of "
                                + efficiency.counts().getOrDefault(kind, 0),
                        Table.columns(
                                "One", "#1/J", "#95 % interval", "Other", "#1/J", "#95 % interval", "#Difference"),
                        pairs.stream()
                                .map(pair -> List.of(
                                        name(pair.one()),
                                        Numbers.digits(pair.one().value(), 6),
                                        interval(pair.one()),
                                        name(pair.other()),
                                        Numbers.digits(pair.other().value(), 6),
                                        interval(pair.other()),
                                        Numbers.signedPercent(PERCENT * pair.difference())))
                                .toList(),
                        true));
            }
        }
        return new Section(
                "efficiency",
                "Differences in efficiency",
                efficiency.pairs() == 0
                        ? "No two results that could be compared were confirmed."
                        : "Compared are two systems with one workload in a round, two targets of one system, and one system in"
                                + " two rounds. Of " + efficiency.pairs() + " pairs "
                                + efficiency.within().size()
                                + " differ by less than the uncertainty of both analyzers: which of the two is the more"
                                + " efficient one cannot be told from the measurement.",
                List.of(),
                tables,
                List.of());
    }

    private static String name(EfficiencyPairs.Efficiency result) {
        return result.round() + " " + result.id() + " " + result.system() + ", " + result.model() + " "
                + result.scenario();
    }

    private static String interval(EfficiencyPairs.Efficiency efficiency) {
        return Numbers.digits(efficiency.low(), 6) + " … " + Numbers.digits(efficiency.high(), 6);
    }
}
