package dev.wattline.report.session;

import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.source.CrossVerdict;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.IntervalEnergy;
import dev.wattline.analysis.source.PowerStack;
import dev.wattline.analysis.source.ScopeEnergy;
import dev.wattline.charts.BarChart;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What several sources said: by scope, from the GPUs to the wall, and what they say of each other. */
final class SourcesSection {
    private static final double K95 = 1.96;

    private final EnergyStatement statement;
    private final double seconds;
    private final PowerStack stack;

    private SourcesSection(EnergyStatement statement) {
        this.statement = statement;
        this.seconds = statement.seconds();
        this.stack = PowerStack.of(statement);
    }

    static Section of(EnergyStatement statement, List<String> sources) {
        SourcesSection section = new SourcesSection(statement);
        List<Table> tables = new ArrayList<>();
        tables.add(section.byScope());
        tables.add(section.layers());
        if (!statement.verdicts().isEmpty()) {
            tables.add(section.checks());
        }
        if (!statement.cooling().equals(Cooling.NONE)) {
            tables.add(section.cooling());
        }
        statement.wall().ifPresent(wall -> tables.add(terms(wall.prediction())));
        return new Section(
                "sources", "Sources, from the GPUs to the wall", section.lead(), section.figures(), tables, sources);
    }

    private String lead() {
        List<String> measured = names(PowerStack.Basis.MEASURED);
        List<String> inferred = names(PowerStack.Basis.INFERRED);
        List<String> unseen = names(PowerStack.Basis.NOT_SEEN);
        return "Over " + Numbers.duration(seconds) + ". Measured: " + joined(measured) + ". Inferred: "
                + joined(inferred)
                + ". Not seen: " + joined(unseen)
                + ". A scope holds those inside of it, so that scopes are never added up.";
    }

    private static String joined(List<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    private List<String> names(PowerStack.Basis basis) {
        return stack.layers().stream()
                .filter(layer -> layer.basis() == basis)
                .map(PowerStack.Layer::name)
                .toList();
    }

    private List<Figure> figures() {
        BarChart chart = new BarChart("mean power [W]");
        boolean any = false;
        for (PowerStack.Layer layer : stack.layers()) {
            if (layer.isKnown()) {
                any = true;
                Interval ci95 = watts(layer.energyJ(), layer.halfWidthJ());
                double watts = layer.energyJ() / seconds;
                chart.interval(
                        layer.name() + ", " + layer.basis().word(),
                        watts,
                        ci95.low(),
                        ci95.high(),
                        Numbers.watts(watts, ci95));
            }
        }
        return any
                ? List.of(Figure.Drawing.of(
                        "From the GPUs to the wall",
                        "Mean power of each part and each whole with its 95 % interval; what is inferred is a difference of"
                                + " others, or a calibration's.",
                        chart))
                : List.of();
    }

    private Interval watts(double joules, double halfWidthJ) {
        return interval(joules, halfWidthJ).times(1 / seconds);
    }

    private static Interval interval(double joules, double halfWidthJ) {
        return IntervalEnergy.interval95(joules, halfWidthJ);
    }

    private Table byScope() {
        List<List<String>> rows = new ArrayList<>();
        statement.wall().ifPresent(wall -> {
            WallPrediction found = wall.prediction();
            rows.add(row(
                    "wall",
                    found.method() + " by " + wall.calibration(),
                    "inferred",
                    found.joules(),
                    found.halfWidthJ(),
                    found.confidence()));
        });
        for (ScopeEnergy energy : statement.energies()) {
            String origin = energy.source() + (energy.devices() == 1 ? "" : ", " + energy.devices() + " devices");
            rows.add(
                    energy.isKnown()
                            ? row(
                                    energy.scope(),
                                    origin,
                                    "measured, " + energy.kind(),
                                    energy.energyJ(),
                                    energy.halfWidthJ(),
                                    statement.confidence(energy))
                            : List.of(
                                    energy.scope(),
                                    origin,
                                    Numbers.NONE,
                                    Numbers.NONE,
                                    Numbers.NONE,
                                    "no figure",
                                    Numbers.NONE,
                                    energy.why()));
        }
        return new Table(
                "Energy by scope and source",
                Table.columns("Scope", "Source", "#Energy", "#95 % interval", "#Mean W", "How", "Confidence", "Reason"),
                rows,
                true);
    }

    private List<String> row(
            String scope, String source, String how, double joules, double halfWidth, String confidence) {
        Interval ci95 = interval(joules, halfWidth);
        String[] level = confidence.split(": ", 2);
        return List.of(
                scope,
                source,
                Numbers.joules(joules, ci95),
                Numbers.joules(ci95),
                Numbers.within(joules / seconds, halfWidth / seconds),
                how,
                level[0],
                level.length > 1 ? level[1] : "");
    }

    private Table layers() {
        List<List<String>> rows = new ArrayList<>();
        for (PowerStack.Layer layer : stack.layers()) {
            Interval ci95 = interval(layer.energyJ(), layer.halfWidthJ());
            rows.add(List.of(
                    layer.name(),
                    layer.basis().word(),
                    layer.isKnown() ? Numbers.joules(layer.energyJ(), ci95) : Numbers.NONE,
                    layer.isKnown() ? Numbers.joules(ci95) : Numbers.NONE,
                    layer.whole() ? "whole" : "part",
                    layer.by(),
                    layer.why()));
        }
        return new Table(
                "From the GPUs to the wall: a whole holds all rows above it",
                Table.columns("Layer", "Basis", "#Energy", "#95 % interval", "Part or whole", "By", "Note"),
                rows,
                true);
    }

    private Table checks() {
        List<List<String>> rows = new ArrayList<>();
        for (CrossVerdict verdict : statement.verdicts()) {
            Interval ci95 = Interval.around(verdict.differenceJ(), K95 * verdict.sigmaJ());
            rows.add(List.of(
                    verdict.what(),
                    switch (verdict.outcome()) {
                        case CONSISTENT -> "consistent";
                        case CONTRADICT -> "contradict";
                        case CANNOT_SAY -> "cannot say";
                    },
                    verdict.isOfEnergy() ? Numbers.joules(verdict.differenceJ(), ci95) : Numbers.NONE,
                    verdict.isOfEnergy() ? Numbers.joules(ci95) : Numbers.NONE,
                    verdict.why()));
        }
        return new Table(
                "Sources against each other",
                Table.columns("Compared", "Outcome", "#Difference", "#95 % interval", "Reason"),
                rows,
                statement.verdicts().stream().anyMatch(one -> one.outcome() == CrossVerdict.Outcome.CONTRADICT));
    }

    private Table cooling() {
        List<List<String>> rows = new ArrayList<>();
        statement
                .cooling()
                .fans()
                .forEach((name, course) -> rows.add(List.of(
                        name,
                        "fan",
                        Numbers.nominal(course.low()),
                        Numbers.nominal(course.mean()),
                        Numbers.nominal(course.high()),
                        course.low() > 0 ? "" : "shows 0: it stands still, or there is no fan")));
        statement
                .cooling()
                .temperatures()
                .forEach((name, course) -> rows.add(List.of(
                        name,
                        "temperature, °C",
                        Numbers.nominal(course.low()),
                        Numbers.nominal(course.mean()),
                        Numbers.nominal(course.high()),
                        "")));
        return new Table(
                "Fans (rpm, or percent where a controller tells no more) and temperatures",
                Table.columns("Sensor", "What", "#Lowest", "#Mean", "#Highest", "Note"),
                rows,
                !statement.cooling().still().isEmpty());
    }

    private static Table terms(WallPrediction found) {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, Double> term : found.termsW().entrySet()) {
            rows.add(List.of(term.getKey(), Numbers.watts(term.getValue(), Interval.around(0, term.getValue()))));
        }
        return new Table(
                "What the uncertainty of the inferred wall power is made of; the terms add in quadrature",
                Table.columns("Term", "#Standard uncertainty"),
                rows,
                false);
    }

    /** What a reader must know before any figure. */
    static List<String> notices(EnergyStatement statement) {
        List<String> notices = new ArrayList<>();
        for (CrossVerdict verdict : statement.verdicts()) {
            if (verdict.outcome() == CrossVerdict.Outcome.CONTRADICT) {
                notices.add("Sources contradict each other: " + verdict.what() + ", " + verdict.why() + ".");
            }
        }
        statement
                .wall()
                .ifPresent(wall -> wall.prediction().told().forEach(told -> notices.add("Wall power: " + told)));
        statement.refusals().forEach(refusal -> notices.add("No wall power by the calibration: " + refusal.message() + "."));
        return notices;
    }
}
