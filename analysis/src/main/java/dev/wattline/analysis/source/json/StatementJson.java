package dev.wattline.analysis.source.json;

import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.Cooling.Course;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.calibration.json.CoolingJson;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.source.CounterTruth;
import dev.wattline.analysis.source.CrossVerdict;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.EnergyStatement.Inferred;
import dev.wattline.analysis.source.IntervalEnergy;
import dev.wattline.analysis.source.PhaseEnergy;
import dev.wattline.analysis.source.PowerStack;
import dev.wattline.analysis.source.ScopeEnergy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What sources said of an interval, as the part that several files have in common. */
final class StatementJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private StatementJson() {}

    /**
     * Adds its keys to an object.
     *
     * @param tokensPerSecond tokens that LoadGen counted; empty where it counts none
     */
    static void put(ObjectNode root, EnergyStatement statement, OptionalDouble tokensPerSecond) {
        root.put("seconds", statement.seconds());
        root.put("calibrated", statement.wall().isPresent());
        tokensPerSecond.ifPresent(rate -> root.put("tokensPerSecond", rate));
        double tokens = tokensPerSecond.orElse(Double.NaN) * statement.seconds();
        root.set("energyReport", report(statement, tokensPerSecond));
        statement.wall().ifPresent(wall -> {
            ObjectNode node = wall(wall);
            perToken(
                    node,
                    wall.prediction().joules(),
                    wall.prediction().halfWidthJ(),
                    tokensPerSecond.orElse(Double.NaN) * wall.prediction().seconds());
            root.set("wall", node);
        });
        ArrayNode energies = root.putArray("energies");
        for (ScopeEnergy energy : statement.energies()) {
            ObjectNode node = energies.addObject();
            node.put("scope", energy.scope());
            node.put("source", energy.source());
            node.put("measurementMethod", energy.kind());
            node.put("devices", energy.devices());
            if (energy.isKnown()) {
                energy(node, energy.energyJ(), energy.halfWidthJ());
                perToken(node, energy.energyJ(), energy.halfWidthJ(), tokens);
            } else {
                node.putNull("energyJ");
            }
            node.put("confidence", statement.confidence(energy));
            node.put("why", energy.why());
        }
        stack(root.putArray("stack"), PowerStack.of(statement));
        ArrayNode verdicts = root.putArray("crossChecks");
        for (CrossVerdict verdict : statement.verdicts()) {
            ObjectNode node = verdicts.addObject()
                    .put("what", verdict.what())
                    .put(
                            "outcome",
                            verdict.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("why", verdict.why());
            if (verdict.isOfEnergy()) {
                node.put("differenceJ", verdict.differenceJ()).put("sigmaJ", verdict.sigmaJ());
            }
            verdict.figures().forEach(node.putArray("figures")::add);
        }
        CounterJson.put(root.putArray("counters"), statement.counters());
        statement.unseen().forEach(root.putArray("unseen")::add);
        ObjectNode cooling = root.putObject("cooling");
        cooling.put("fansWatched", !statement.cooling().fans().isEmpty());
        CoolingJson.put(cooling.putObject("fans"), statement.cooling().fans());
        CoolingJson.put(cooling.putObject("temperaturesC"), statement.cooling().temperatures());
        ArrayNode findings = root.putArray("findings");
        for (CrossVerdict verdict : statement.verdicts()) {
            if (verdict.outcome() == CrossVerdict.Outcome.CONTRADICT) {
                findings.addObject().put("id", "sources.contradict").put("what", verdict.what());
            }
        }
        for (CounterTruth counter : statement.counters()) {
            if (counter.isUseless()) {
                findings.addObject()
                        .put("id", "counter." + counter.verdict().word())
                        .put("what", counter.source() + " " + counter.entity() + ": " + counter.why());
            }
        }
        statement.refusals().forEach(refusal -> RefusalJson.put(findings.addObject(), refusal));
        for (String fan : statement.cooling().still()) {
            findings.addObject().put("id", "fan.stands-still").put("what", fan);
        }
        if (statement.cooling().fans().isEmpty()) {
            findings.addObject()
                    .put("id", "fan.not-watched")
                    .put("what", "no source of this run reads the fans' speed");
        }
    }

    static void put(ArrayNode array, List<PhaseEnergy> phases) {
        for (PhaseEnergy phase : phases) {
            ObjectNode node = array.addObject();
            node.put("name", phase.name()).put("count", phase.count()).put("seconds", phase.seconds());
            ArrayNode energies = node.putArray("energies");
            for (ScopeEnergy one : phase.energies()) {
                ObjectNode energy = energies.addObject();
                energy.put("scope", one.scope()).put("source", one.source()).put("measurementMethod", one.kind());
                energy.put("devices", one.devices());
                if (one.isKnown()) {
                    energy(energy, one.energyJ(), one.halfWidthJ());
                } else {
                    energy.putNull("energyJ");
                }
                energy.put("why", one.why());
            }
        }
    }

    static List<PhaseEnergy> phases(JsonNode array) {
        List<PhaseEnergy> phases = new ArrayList<>();
        for (JsonNode phase : array) {
            List<ScopeEnergy> energies = new ArrayList<>();
            phase.path("energies").forEach(energy -> energies.add(scope(energy)));
            phases.add(new PhaseEnergy(
                    phase.path("name").asString(""),
                    phase.path("count").asInt(1),
                    phase.path("seconds").asDouble(Double.NaN),
                    energies));
        }
        return phases;
    }

    /** The outermost figure, with what a report of energy is asked for. */
    private static ObjectNode report(EnergyStatement statement, OptionalDouble tokensPerSecond) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("measurementMethod", statement.method());
        statement.outermost().ifPresent(outer -> {
            node.put("scope", outer.scope());
            energy(node, outer.energyJ(), outer.halfWidthJ());
            boolean inferred = statement.method().equals("calibrated-model");
            double seconds = statement.outermostSeconds();
            double tokens = tokensPerSecond.orElse(Double.NaN) * seconds;
            node.put("meanW", outer.energyJ() / seconds);
            ArrayNode sources = node.putArray("sources");
            if (inferred) {
                Inferred wall = statement.wall().orElseThrow();
                List.of(wall.prediction().method().split("\\+")).forEach(sources::add);
                node.put("calibrationHash", wall.hash());
                node.put("confidence", wall.prediction().confidence());
            } else {
                sources.add(outer.source());
                node.put("confidence", statement.confidence(outer));
            }
            if (tokens > 0) {
                node.put("tokens", tokens);
            }
            perToken(node, outer.energyJ(), outer.halfWidthJ(), tokens);
        });
        ArrayNode seen = node.putArray("seen");
        statement.energies().stream()
                .filter(ScopeEnergy::isKnown)
                .map(ScopeEnergy::scope)
                .distinct()
                .forEach(seen::add);
        statement.unseen().forEach(node.putArray("unseen")::add);
        return node;
    }

    private static void stack(ArrayNode layers, PowerStack stack) {
        for (PowerStack.Layer layer : stack.layers()) {
            ObjectNode node = layers.addObject();
            node.put("name", layer.name());
            node.put("whole", layer.whole());
            node.put("basis", layer.basis().word());
            node.put("by", layer.by());
            if (layer.isKnown()) {
                energy(node, layer.energyJ(), layer.halfWidthJ());
            }
            node.put("why", layer.why());
        }
    }

    private static void energy(ObjectNode node, double joules, double halfWidth) {
        node.put("energyJ", joules);
        Interval ci95 = IntervalEnergy.interval95(joules, halfWidth);
        node.putArray("intervalJ").add(ci95.low()).add(ci95.high());
    }

    /** Energy of a token with its interval: the mean power over LoadGen's rate. */
    private static void perToken(ObjectNode node, double joules, double halfWidth, double tokens) {
        if (tokens > 0) {
            node.put("jPerToken", joules / tokens);
            Interval ci95 = IntervalEnergy.interval95(joules, halfWidth);
            node.putArray("intervalJPerToken").add(ci95.low() / tokens).add(ci95.high() / tokens);
        }
    }

    /** The energy-reporting fields: by what it was measured, what it is, how sure. */
    private static ObjectNode wall(Inferred wall) {
        WallPrediction found = wall.prediction();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("measurementMethod", "calibrated-model");
        node.put("scope", "wall");
        node.put("seconds", found.seconds());
        energy(node, found.joules(), found.halfWidthJ());
        node.put("meanW", found.watts());
        List.of(found.method().split("\\+")).forEach(node.putArray("sources")::add);
        node.put("calibration", wall.calibration());
        node.put("calibrationHash", wall.hash());
        node.put("confidence", found.confidence());
        node.put("contradicts", found.contradicts());
        node.put("twoDays", found.promise());
        ObjectNode terms = node.putObject("standardUncertaintiesW");
        found.termsW().forEach(terms::put);
        found.told().forEach(node.putArray("told")::add);
        return node;
    }

    /** What {@link #put} wrote; of a file of an earlier version what it has. */
    static EnergyStatement read(JsonNode root) {
        List<ScopeEnergy> energies = new ArrayList<>();
        root.path("energies").forEach(energy -> energies.add(scope(energy)));
        List<CrossVerdict> verdicts = new ArrayList<>();
        for (JsonNode node : root.path("crossChecks")) {
            verdicts.add(new CrossVerdict(
                    node.path("what").asString(""),
                    texts(node.path("figures")),
                    switch (node.path("outcome").asString("")) {
                        case "consistent" -> CrossVerdict.Outcome.CONSISTENT;
                        case "contradict" -> CrossVerdict.Outcome.CONTRADICT;
                        default -> CrossVerdict.Outcome.CANNOT_SAY;
                    },
                    node.path("differenceJ").asDouble(Double.NaN),
                    node.path("sigmaJ").asDouble(Double.NaN),
                    node.path("why").asString("")));
        }
        double seconds = root.path("seconds").asDouble(Double.NaN);
        return new EnergyStatement(
                seconds,
                energies,
                verdicts,
                texts(root.path("unseen")),
                inferred(root.path("wall"), seconds),
                new Cooling(
                        courses(root.path("cooling").path("fans")),
                        courses(root.path("cooling").path("temperaturesC"))),
                CounterJson.read(root.path("counters")),
                RefusalJson.read(root.path("findings")));
    }

    private static SortedMap<String, Course> courses(JsonNode node) {
        SortedMap<String, Course> courses = new TreeMap<>();
        node.properties()
                .forEach(one -> courses.put(
                        one.getKey(),
                        new Course(
                                one.getValue().path("low").asDouble(Double.NaN),
                                one.getValue().path("mean").asDouble(Double.NaN),
                                one.getValue().path("high").asDouble(Double.NaN))));
        return courses;
    }

    private static ScopeEnergy scope(JsonNode node) {
        String why = node.path("why").asString("");
        boolean known = node.path("energyJ").isNumber();
        double joules = node.path("energyJ").asDouble(Double.NaN);
        return new ScopeEnergy(
                node.path("scope").asString(""),
                node.path("source").asString(""),
                node.path("measurementMethod").asString(""),
                node.path("devices").asInt(1),
                known ? joules : Double.NaN,
                known ? sigma(node, joules) : Double.NaN,
                known ? "" : why.isEmpty() ? "the file gives no figure" : why);
    }

    /** Standard uncertainty in J: of the upper end, for the lower one may be cut. */
    private static double sigma(JsonNode node, double joules) {
        return (node.path("intervalJ").path(1).asDouble(Double.NaN) - joules) / IntervalEnergy.K95;
    }

    private static Optional<Inferred> inferred(JsonNode node, double seconds) {
        if (!node.path("meanW").isNumber()) {
            return Optional.empty();
        }
        double length = node.path("seconds").asDouble(seconds);
        double sigma = sigma(node, node.path("meanW").asDouble() * length) / length;
        Map<String, Double> terms = new LinkedHashMap<>();
        node.path("standardUncertaintiesW")
                .properties()
                .forEach(term -> terms.put(term.getKey(), term.getValue().asDouble(Double.NaN)));
        WallPrediction prediction = new WallPrediction(
                length,
                node.path("meanW").asDouble(),
                sigma,
                String.join("+", texts(node.path("sources"))),
                terms,
                texts(node.path("told")),
                node.path("contradicts").asBoolean(false),
                node.path("twoDays").asBoolean(false));
        return Optional.of(new Inferred(
                prediction,
                node.path("calibration").asString(""),
                node.path("calibrationHash").asString("")));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString("")));
        return texts;
    }
}
