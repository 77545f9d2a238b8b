package dev.wattline.files.json;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.TelemetryMeta;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the {@code meta.json} beside a telemetry log. A key that is absent reads as not known. */
public final class TelemetryMetaJson {
    private TelemetryMetaJson() {}

    /**
     * @throws SessionFilesException if the file cannot be read or is none of this format
     */
    public static TelemetryMeta read(Path file) {
        return SchemaFile.read(file, TelemetryMeta.SCHEMA, TelemetryMetaJson::meta);
    }

    /**
     * Writes the file; it appears whole or not at all.
     *
     * @throws SessionFilesException if it cannot be written
     */
    public static void write(Path file, TelemetryMeta meta) {
        SchemaFile.write(file, tree(meta));
    }

    private static TelemetryMeta meta(JsonNode root) {
        List<TelemetryMeta.Card> cards = new ArrayList<>();
        for (JsonNode card : root.path("cards")) {
            cards.add(new TelemetryMeta.Card(
                    card.path("index").asInt(-1),
                    card.path("uuid").asString(""),
                    card.path("name").asString("")));
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
                numbers(root.path("cost")),
                texts(root.path("problems")),
                sources(root.path("sources")));
    }

    private static List<TelemetryMeta.Source> sources(JsonNode array) {
        List<TelemetryMeta.Source> sources = new ArrayList<>();
        for (JsonNode source : array) {
            List<TelemetryMeta.Series> series = new ArrayList<>();
            source.path("series").forEach(one -> series.add(series(one)));
            sources.add(new TelemetryMeta.Source(
                    source.path("source").asString(""),
                    source.path("log").asString(""),
                    word(source.path("clock"), TelemetryMeta.StampClock.class, TelemetryMeta.StampClock.RUNNER_UTC),
                    source.path("version").asString(""),
                    source.path("intervalMs").asInt(0),
                    texts(source.path("origin")),
                    series,
                    numbers(source.path("cost")),
                    texts(source.path("problems"))));
        }
        return sources;
    }

    private static TelemetryMeta.Series series(JsonNode node) {
        return new TelemetryMeta.Series(
                node.path("entity").asString(""),
                node.path("name").asString(""),
                node.path("scope").asString(""),
                node.path("quantity").asString(""),
                node.path("unit").asString(""),
                word(node.path("kind"), TelemetryMeta.Kind.class, TelemetryMeta.Kind.SAMPLE),
                node.path("resolution").asDouble(0),
                node.path("range").asDouble(0),
                number(node.path("updateMs")),
                number(node.path("windowMs")));
    }

    private static <E extends Enum<E>> E word(JsonNode node, Class<E> type, E absent) {
        String text = node.asString("");
        for (E value : type.getEnumConstants()) {
            if (word(value).equals(text)) {
                return value;
            }
        }
        return absent;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Double> numbers(JsonNode object) {
        Map<String, Double> numbers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isNumber()) {
                numbers.put(entry.getKey(), entry.getValue().asDouble());
            }
        }
        return numbers;
    }

    private static ObjectNode tree(TelemetryMeta meta) {
        ObjectNode root = SchemaFile.MAPPER.createObjectNode();
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
        ArrayNode sources = root.putArray("sources");
        meta.sources().forEach(source -> tree(source, sources.addObject()));
        return root;
    }

    private static void tree(TelemetryMeta.Source source, ObjectNode node) {
        node.put("source", source.name());
        node.put("log", source.log());
        node.put("clock", word(source.clock()));
        node.put("version", source.version());
        node.put("intervalMs", source.intervalMs());
        source.origin().forEach(node.putArray("origin")::add);
        ArrayNode series = node.putArray("series");
        for (TelemetryMeta.Series one : source.series()) {
            series.addObject()
                    .put("entity", one.entity())
                    .put("name", one.name())
                    .put("scope", one.scope())
                    .put("quantity", one.quantity())
                    .put("unit", one.unit())
                    .put("kind", word(one.kind()))
                    .put("resolution", one.resolution())
                    .put("range", one.range())
                    .put("updateMs", one.updateMs())
                    .put("windowMs", one.windowMs());
        }
        ObjectNode cost = node.putObject("cost");
        new TreeMap<>(source.cost()).forEach(cost::put);
        source.problems().forEach(node.putArray("problems")::add);
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
