package dev.wattline.report.session;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.IntervalEnergy;
import dev.wattline.analysis.source.PhaseEnergy;
import dev.wattline.analysis.source.ScopeEnergy;
import dev.wattline.analysis.source.SourceSeries;
import dev.wattline.analysis.source.json.InformalJson;
import dev.wattline.analysis.source.json.InformalJson.Informal;
import dev.wattline.files.SessionFile;
import dev.wattline.report.json.TimePlotsJson;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Headline;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Page;
import dev.wattline.report.page.PageRenderer;
import dev.wattline.report.page.Provenance;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import dev.wattline.report.page.Tile;
import dev.wattline.report.setup.Setup;
import dev.wattline.report.trace.Decimator;
import dev.wattline.report.trace.DrawnSeries;
import dev.wattline.report.trace.TimePlots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The report of a measurement without analyzer: what each source said, and that no submission can be made of it. */
public final class InformalPage {
    private static final String TELEMETRY = "telemetry/testing";
    private static final String PLOT = "trace";
    private static final int MOST_POINTS = 8000;
    private static final int FIRST_COLOUR = 2; // the first two are those of wall and GPUs
    private static final int COLOURS = 6;

    private final String name;
    private final Informal informal;
    private final EnergyStatement statement;
    private final double seconds;

    private InformalPage(String name, Informal informal) {
        this.name = name;
        this.informal = informal;
        this.statement = informal.statement();
        this.seconds = statement.outermostSeconds();
    }

    /**
     * The report's text.
     *
     * @param name of the session
     * @param informal its result
     * @param series what the sources read, for the plot over time
     * @param setup what was measured
     */
    public static String render(
            String name, Informal informal, List<SourceSeries> series, Setup setup, Instant writtenAt, String version) {
        return new PageRenderer()
                .render("session.jte", new InformalPage(name, informal).page(series, setup, writtenAt, version));
    }

    private Page page(List<SourceSeries> series, Setup setup, Instant writtenAt, String version) {
        InformalJson.Ran ran = informal.ran();
        Document document = new Document(
                "Energy report " + name,
                "Energy report, informal",
                name,
                "Measured from " + Numbers.stamp(ran.windowBegin(), RunFacts.UTC) + ", " + Numbers.duration(seconds)
                        + ", without an analyzer",
                TimePlotsJson.of(plots(series)),
                Assets.withPlots(),
                "Written by Wattline " + version + " on " + Numbers.stamp(writtenAt, RunFacts.UTC)
                        + ". This file needs nothing but itself.");
        List<String> notices = new ArrayList<>();
        notices.add("Informal: measured without director and analyzer; no submission can be made of it.");
        if (ran.exitStatus() != 0) {
            notices.add("The command ended with status " + ran.exitStatus() + ".");
        }
        notices.addAll(SourcesSection.notices(statement));
        if (statement.wall().isEmpty()) { // a calibration says it of itself
            notices.add(
                    statement.cooling().fans().isEmpty()
                            ? "Fans were not watched: no source of this run reads their speed."
                            : "Fans were read but not compared: without a calibration it is not known how they ran.");
        }
        notices.addAll(ran.problems());
        List<Section> sections = new ArrayList<>();
        if (!series.isEmpty()) {
            sections.add(trace());
        }
        sections.add(SourcesSection.of(statement, List.of("budget")));
        if (!informal.phases().isEmpty()) {
            sections.add(phases());
        }
        sections.add(setup(setup));
        return new Page(document, null, "", "", headline(), tiles(), notices, sections, provenance());
    }

    private Headline headline() {
        return statement
                .outermost()
                .map(outer -> {
                    Interval ci95 = IntervalEnergy.interval95(outer.energyJ(), outer.halfWidthJ());
                    String statementText = Numbers.joules(outer.energyJ(), ci95) + " " + place(outer);
                    return new Headline(
                            statementText,
                            "95 % interval: " + Numbers.joules(ci95),
                            confidence(outer) + ". By " + outer.source() + ".",
                            statement.unseen().isEmpty()
                                    ? ""
                                    : "Not in it: " + String.join(", ", statement.unseen()) + ".");
                })
                .orElseGet(() -> new Headline("No source gave a figure", "", "The table says why of each.", ""));
    }

    private static String place(ScopeEnergy outer) {
        return switch (outer.scope()) {
            case "wall" -> outer.kind().equals(EnergyStatement.INFERRED) ? "at the wall, inferred" : "at the wall";
            case "node" -> "of the node";
            default -> "of the scope " + outer.scope();
        };
    }

    private String confidence(ScopeEnergy outer) {
        return outer.kind().equals(EnergyStatement.INFERRED)
                ? statement.wall().map(wall -> wall.prediction().confidence()).orElse("")
                : statement.confidence(outer);
    }

    private List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        statement.outermost().ifPresent(outer -> {
            double half = outer.halfWidthJ();
            Interval watts = IntervalEnergy.interval95(outer.energyJ(), half).times(1 / seconds);
            tiles.add(new Tile(
                    "Average power",
                    Numbers.within(outer.energyJ() / seconds, watts),
                    "W",
                    outer.scope() + ", " + Numbers.ends(watts, "W").replace(" … ", " to "),
                    "",
                    "power",
                    ""));
            OptionalDouble rate = informal.ran().tokensPerSecond();
            if (rate.isPresent()) {
                double tokens = rate.getAsDouble() * seconds;
                Interval each = IntervalEnergy.interval95(outer.energyJ(), half).times(1 / tokens);
                tiles.add(new Tile(
                        "Energy of a token",
                        Numbers.within(outer.energyJ() / tokens, each),
                        "J",
                        outer.scope() + ", " + Numbers.ends(each, "J").replace(" … ", " to "),
                        "",
                        "tokens",
                        ""));
            }
            String[] sure = confidence(outer).split(": ", 2);
            String tone = sure[0].equals("High") ? "good" : sure[0].equals("Medium") ? "" : "warn";
            tiles.add(new Tile("Confidence", sure[0], "", sure.length > 1 ? sure[1] : "", tone, "budget", ""));
        });
        tiles.add(new Tile("Submission", "None", "", "informal: there was no analyzer", "warn", "informal", ""));
        return tiles;
    }

    private Section phases() {
        List<List<String>> rows = new ArrayList<>();
        for (PhaseEnergy phase : informal.phases()) {
            for (ScopeEnergy one : phase.energies()) {
                Interval ci95 = IntervalEnergy.interval95(one.energyJ(), one.halfWidthJ());
                rows.add(List.of(
                        phase.name(),
                        Integer.toString(phase.count()),
                        Numbers.duration(phase.seconds()),
                        one.scope(),
                        one.source(),
                        one.isKnown() ? Numbers.joules(one.energyJ(), ci95) : Numbers.NONE,
                        one.isKnown() ? Numbers.joules(ci95) : Numbers.NONE,
                        one.isKnown()
                                ? Numbers.within(one.energyJ() / phase.seconds(), ci95.times(1 / phase.seconds()))
                                : Numbers.NONE,
                        one.why()));
            }
        }
        return new Section(
                "phases",
                "Phases that the workload marked",
                "All phases of a name together, by the sources that the runner reads itself; of phases shorter than some"
                        + " readings an interval is wide.",
                List.of(),
                List.of(new Table(
                        "Energy by phase, scope and source",
                        Table.columns(
                                "Phase",
                                "#Parts",
                                "#Length",
                                "Scope",
                                "Source",
                                "#Energy",
                                "#95 % interval",
                                "#Mean W",
                                "Note"),
                        rows,
                        true)),
                List.of("budget"));
    }

    private static Section trace() {
        return new Section(
                "trace",
                "Power over the run",
                "As each source read it, a mean each second; counters in full, readings as straight lines between them.",
                List.of(new Figure.TimePlot(
                        "Power by scope and source", "Power in W over time; shaded is what the figures cover.", PLOT)),
                List.of(),
                List.of("power"));
    }

    private TimePlots plots(List<SourceSeries> series) {
        List<DrawnSeries> lines = new ArrayList<>();
        int colour = 0;
        for (SourceSeries one : series) {
            boolean own = List.of("wall", "gpu").contains(one.scope())
                    && lines.stream().noneMatch(line -> line.role().equals(one.scope()));
            String role = own ? one.scope() : "card" + (FIRST_COLOUR + colour++ % COLOURS);
            lines.add(new DrawnSeries(
                    one.scope() + ", " + one.source(), role, Decimator.decimate(one.watts(), MOST_POINTS)));
        }
        return new TimePlots(
                Map.of(PLOT, lines),
                List.of(new TimePlots.Band(
                        "measured", informal.ran().windowBegin(), informal.ran().windowEnd(), true)),
                RunFacts.UTC);
    }

    private static Section setup(Setup setup) {
        List<Table> tables = new ArrayList<>();
        for (Setup.Group group : setup.groups()) {
            tables.add(new Table(group.title(), Table.columns("What", "Value", "File"), group.rows(), true));
        }
        return new Section(
                "setup",
                "What was measured",
                tables.isEmpty() ? "The folder does not say." : "As the folder's own files tell it.",
                List.of(),
                tables,
                List.of());
    }

    private List<Provenance> provenance() {
        List<Provenance> rows = new ArrayList<>();
        String value = statement
                .outermost()
                .map(outer -> Numbers.watts(
                        outer.energyJ() / seconds,
                        IntervalEnergy.interval95(outer.energyJ(), outer.halfWidthJ())
                                .times(1 / seconds)))
                .orElse(Numbers.NONE);
        rows.add(new Provenance(
                "power",
                "Average power",
                value,
                TELEMETRY,
                "the outermost scope's energy over the time measured",
                "P̄ = E / (t₁ − t₀)"));
        rows.add(new Provenance(
                "budget",
                "Intervals and confidence",
                statement.outermost().map(this::confidence).orElse(Numbers.NONE),
                InformalJson.FILE,
                "counters: the difference of both ends; readings: their mean over time; gain, offset, delay and unseen time"
                        + " as assumed of each kind of source, or as a calibration found them",
                "95 %: ± 1.96 · √(Σ σ²)"));
        informal.ran()
                .tokensPerSecond()
                .ifPresent(rate -> rows.add(new Provenance(
                        "tokens",
                        "Energy of a token",
                        Numbers.with(Numbers.nominal(rate), "tokens/s"),
                        SessionFile.TESTING_DETAIL.place(),
                        "mean power over LoadGen's rate of tokens",
                        "P̄ / rate")));
        rows.add(new Provenance(
                "informal",
                "Submission",
                "none",
                InformalJson.FILE,
                "the folder is marked; 'check' and 'pack' refuse it",
                Numbers.NONE));
        return rows;
    }
}
