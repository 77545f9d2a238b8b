package dev.wattline.analysis.source.json;

import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.source.CrossVerdict;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.ScopeEnergy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code informal.json}: what a measurement without analyzer came to. */
public final class InformalJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-informal/1";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private InformalJson() {}

    /**
     * What was run.
     *
     * @param command its command line
     * @param exitStatus its exit status
     * @param begin when it began, UTC
     * @param end when it ended, UTC
     * @param problems what went wrong with the sources, a sentence each
     * @param tokensPerSecond tokens that LoadGen counted; empty where it counts none
     */
    public record Ran(
            List<String> command,
            int exitStatus,
            Instant begin,
            Instant end,
            List<String> problems,
            OptionalDouble tokensPerSecond) {
        public Ran {
            command = List.copyOf(command);
            problems = List.copyOf(problems);
        }
    }

    /**
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Ran ran, EnergyStatement statement) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("informal", true);
        ran.command().forEach(root.putArray("command")::add);
        root.put("exitStatus", ran.exitStatus());
        root.put("begin", ran.begin().toString());
        root.put("end", ran.end().toString());
        root.put("seconds", statement.seconds());
        root.put("calibrated", statement.wall().isPresent());
        ran.tokensPerSecond().ifPresent(rate -> root.put("tokensPerSecond", rate));
        double tokens = ran.tokensPerSecond().orElse(Double.NaN) * statement.seconds();
        statement.wall().ifPresent(wall -> {
            ObjectNode node = wall(wall);
            perToken(
                    node,
                    wall.prediction().joules(),
                    wall.prediction().halfWidthJ(),
                    ran.tokensPerSecond().orElse(Double.NaN) * wall.prediction().seconds());
            root.set("wall", node);
        });
        ArrayNode energies = root.putArray("energies");
        for (ScopeEnergy energy : statement.energies()) {
            ObjectNode node = energies.addObject();
            node.put("scope", energy.scope());
            node.put("source", energy.source());
            node.put("measurementMethod", energy.kind());
            node.put("devices", energy.devices());
            node.put("energyJ", known(energy, energy.energyJ()));
            if (energy.isKnown()) {
                node.putArray("intervalJ")
                        .add(energy.energyJ() - energy.halfWidthJ())
                        .add(energy.energyJ() + energy.halfWidthJ());
                perToken(node, energy.energyJ(), energy.halfWidthJ(), tokens);
            }
            node.put("why", energy.why());
        }
        ArrayNode verdicts = root.putArray("crossChecks");
        for (CrossVerdict verdict : statement.verdicts()) {
            verdicts.addObject()
                    .put("what", verdict.what())
                    .put(
                            "outcome",
                            verdict.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("differenceJ", verdict.differenceJ())
                    .put("sigmaJ", verdict.sigmaJ())
                    .put("why", verdict.why());
        }
        statement.unseen().forEach(root.putArray("unseen")::add);
        ran.problems().forEach(root.putArray("problems")::add);
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }

    /** Energy of a token with its interval: the mean power over LoadGen's rate. */
    private static void perToken(ObjectNode node, double joules, double halfWidth, double tokens) {
        if (tokens > 0) {
            node.put("jPerToken", joules / tokens);
            node.putArray("intervalJPerToken")
                    .add((joules - halfWidth) / tokens)
                    .add((joules + halfWidth) / tokens);
        }
    }

    /** The energy-reporting fields: by what it was measured, what it is, how sure. */
    private static ObjectNode wall(EnergyStatement.Inferred wall) {
        WallPrediction found = wall.prediction();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("measurementMethod", "calibrated-model");
        node.put("scope", "wall");
        node.put("energyJ", found.joules());
        node.putArray("intervalJ").add(found.joules() - found.halfWidthJ()).add(found.joules() + found.halfWidthJ());
        node.put("meanW", found.watts());
        List.of(found.method().split("\\+")).forEach(node.putArray("sources")::add);
        node.put("calibration", wall.calibration());
        node.put("calibrationHash", wall.hash());
        node.put("confidence", found.confidence());
        ObjectNode terms = node.putObject("standardUncertaintiesW");
        found.termsW().forEach(terms::put);
        found.told().forEach(node.putArray("told")::add);
        return node;
    }

    private static @Nullable Double known(ScopeEnergy energy, double value) {
        return energy.isKnown() ? value : null;
    }
}
