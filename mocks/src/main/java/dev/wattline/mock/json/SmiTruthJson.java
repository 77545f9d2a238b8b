package dev.wattline.mock.json;

import dev.wattline.mock.MockException;
import dev.wattline.mock.smi.SmiTruth;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a mock nvidia-smi's log should have said. */
public final class SmiTruthJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SmiTruthJson() {}

    /**
     * @throws MockException if the file cannot be written
     */
    public static void write(Path file, SmiTruth truth) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", SmiTruth.SCHEMA);
        root.put("seed", truth.seed());
        root.put("signalStart", truth.signalStart().toString());
        root.put("firstRoundAt", String.valueOf(truth.firstRoundAt()));
        root.put("lastRoundAt", String.valueOf(truth.lastRoundAt()));
        root.put("rounds", truth.rounds());
        root.put("refusedCells", truth.refusedCells());
        root.put("stalls", truth.stalls());
        ArrayNode cards = root.putArray("cards");
        for (SmiTruth.Card card : truth.cards()) {
            ObjectNode one = cards.addObject();
            one.put("index", card.index())
                    .put("uuid", card.uuid())
                    .put("name", card.name())
                    .put("gain", card.gain())
                    .put("offsetWatts", card.offsetWatts())
                    .put("periodMs", card.periodMillis())
                    .put("windowMs", card.windowMillis())
                    .put("averageWindowMs", card.averageWindowMillis())
                    .put("delayMs", card.delayMillis())
                    .put("trueMeanWatts", card.trueMeanWatts())
                    .put("trueEnergyJoules", card.trueEnergyJoules());
            SmiTruth.Counter counter = card.counter();
            if (counter != null) {
                one.putObject("counter")
                        .put("scope", counter.scope())
                        .put("gain", counter.gain())
                        .put("offsetWatts", counter.offsetWatts())
                        .put("lagSeconds", counter.lagSeconds())
                        .put("periodMs", counter.periodMillis())
                        .put("stuckAtSeconds", counter.stuckAtSeconds())
                        .put("trueEnergyJoules", counter.trueEnergyJoules());
            }
        }
        try {
            Files.write(file, MAPPER.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new MockException("cannot write the truth " + file + ": " + IoErrors.of(e), null, e);
        }
    }
}
