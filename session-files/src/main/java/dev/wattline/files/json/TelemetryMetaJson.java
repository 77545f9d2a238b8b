package dev.wattline.files.json;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.model.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the {@code meta.json} beside a telemetry log. A key that is absent reads as not known. */
public final class TelemetryMetaJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TelemetryMetaJson() {}

    /**
     * @throws SessionFilesException if the file cannot be read or is none of this format
     */
    public static TelemetryMeta read(Path file) {
        try {
            JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
            String schema = root.path("schema").asString("");
            if (!schema.equals(TelemetryMeta.SCHEMA)) {
                throw new SessionFilesException(
                        file, "expected the schema " + TelemetryMeta.SCHEMA + ", got '" + schema + "'", null, null);
            }
            return meta(root);
        } catch (IOException e) {
            throw new SessionFilesException(file, "cannot be read: " + FileTrouble.of(e), null, e);
        } catch (JacksonException e) {
            throw new SessionFilesException(file, "is no JSON: " + JsonTrouble.of(e), null, e);
        } catch (DateTimeException e) {
            throw new SessionFilesException(file, "has a broken time: " + e.getMessage(), null, e);
        }
    }

    /**
     * Writes the file; it appears whole or not at all.
     *
     * @throws SessionFilesException if it cannot be written
     */
    public static void write(Path file, TelemetryMeta meta) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, MAPPER.writeValueAsBytes(tree(meta)));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SessionFilesException(file, "cannot be written: " + FileTrouble.of(e), null, e);
        }
    }

    private static TelemetryMeta meta(JsonNode root) {
        List<TelemetryMeta.Card> cards = new ArrayList<>();
        for (JsonNode card : root.path("cards")) {
            cards.add(new TelemetryMeta.Card(
                    card.path("index").asInt(-1),
                    card.path("uuid").asString(""),
                    card.path("name").asString("")));
        }
        Map<String, Double> cost = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("cost").properties()) {
            if (entry.getValue().isNumber()) {
                cost.put(entry.getKey(), entry.getValue().asDouble());
            }
        }
        return new TelemetryMeta(
                root.path("phase").asString(""),
                root.path("zone").asString(""),
                number(root.path("clockOffsetMs")),
                number(root.path("clockOffsetUncertaintyMs")),
                root.path("driver").asString(""),
                cards,
                texts(root.path("fields")),
                root.path("intervalMs").asInt(0),
                instant(root.path("startedAt")),
                instant(root.path("endedAt")),
                texts(root.path("command")),
                cost,
                texts(root.path("problems")));
    }

    private static ObjectNode tree(TelemetryMeta meta) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", TelemetryMeta.SCHEMA);
        root.put("phase", meta.phase());
        root.put("zone", meta.zone());
        root.put("clockOffsetMs", meta.clockOffsetMs());
        root.put("clockOffsetUncertaintyMs", meta.clockOffsetUncertaintyMs());
        root.put("driver", meta.driver());
        ArrayNode cards = root.putArray("cards");
        for (TelemetryMeta.Card card : meta.cards()) {
            cards.addObject()
                    .put("index", card.index())
                    .put("uuid", card.uuid())
                    .put("name", card.name());
        }
        meta.fields().forEach(root.putArray("fields")::add);
        root.put("intervalMs", meta.intervalMs());
        root.put("startedAt", text(meta.startedAt()));
        root.put("endedAt", text(meta.endedAt()));
        meta.command().forEach(root.putArray("command")::add);
        ObjectNode cost = root.putObject("cost");
        new TreeMap<>(meta.cost()).forEach(cost::put);
        meta.problems().forEach(root.putArray("problems")::add);
        return root;
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? Double.valueOf(node.asDouble()) : null;
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isString() ? Instant.parse(node.asString()) : null;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asString("")));
        return texts;
    }
}
