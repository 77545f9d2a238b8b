package dev.wattline.files.json;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.AnalyzerConfig;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code client.json} and {@code server.json} of any round and either implementation. A key that is absent reads
 * as empty; a key of a wrong type is an error, because it means that the file is something else.
 */
public final class SummaryJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private SummaryJson() {}

    /**
     * @throws SessionFilesException if the file cannot be read or is no summary
     */
    public static SessionSummary read(Path file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SessionFilesException(file, "cannot be read: " + IoErrors.of(e), null, e);
        } catch (JacksonException e) {
            throw new SessionFilesException(
                    file, "is no JSON: " + JsonTrouble.of(e), "Fetch the session again from the director.", e);
        }
        if (root == null || !root.isObject() || !root.has("messages")) {
            throw new SessionFilesException(
                    file, "is no session summary: expected an object with 'messages'", null, null);
        }
        try {
            return summary(root);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new SessionFilesException(file, "is no session summary: " + e.getMessage(), null, e);
        }
    }

    /**
     * Writes a summary in the reference's form: its keys in its order, four blanks of indentation, no newline at the end.
     * The file appears whole or not at all.
     *
     * @throws SessionFilesException if it cannot be written
     */
    public static void write(Path file, SessionSummary summary) {
        try {
            DurableFile.replace(file, SummaryWriter.text(summary));
        } catch (IOException e) {
            throw new SessionFilesException(file, "cannot be written: " + IoErrors.of(e), null, e);
        }
    }

    private static SessionSummary summary(JsonNode root) {
        JsonNode uuid = root.path("uuid");
        return new SessionSummary(
                root.path("timezone").asInt(0),
                texts(root.path("modules")),
                texts(root.path("sources")),
                messages(root.path("messages")),
                uuid.path("client").asString(""),
                uuid.path("server").asString(""),
                root.path("session_name").asString(""),
                texts(root.path("results")),
                phases(root.path("phases")),
                root.has("ptd_messages") ? Optional.of(ptdMessages(root.path("ptd_messages"))) : Optional.empty(),
                root.has("ptd_config") ? Optional.of(analyzers(root.path("ptd_config"))) : Optional.empty(),
                root.path("debug").asBoolean(false),
                wattline(root.path("wattline")));
    }

    private static SortedMap<String, String> texts(JsonNode object) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            texts.put(entry.getKey(), entry.getValue().asString(""));
        }
        return texts;
    }

    private static List<Message> messages(JsonNode array) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : array) {
            messages.add(new Message(
                    text(message.path("cmd")),
                    message.path("cmd_time").asDouble(Double.NaN),
                    text(message.path("reply")),
                    message.path("reply_time").asDouble(Double.NaN)));
        }
        return messages;
    }

    private static Map<Phase, List<PhaseMark>> phases(JsonNode object) {
        Map<Phase, List<PhaseMark>> phases = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            List<PhaseMark> marks = new ArrayList<>();
            for (JsonNode mark : object.path(phase.word())) {
                marks.add(new PhaseMark(
                        mark.path(0).asDouble(Double.NaN), mark.path(1).asDouble(Double.NaN)));
            }
            phases.put(phase, List.copyOf(marks));
        }
        return phases;
    }

    private static List<PtdMessage> ptdMessages(JsonNode array) {
        List<PtdMessage> messages = new ArrayList<>();
        for (JsonNode message : array) {
            messages.add(new PtdMessage(
                    message.path("cmd").asString(""), message.path("reply").asString("")));
        }
        return messages;
    }

    private static List<AnalyzerConfig> analyzers(JsonNode config) {
        List<AnalyzerConfig> analyzers = new ArrayList<>();
        // Rounds v1.0 to v4.1 hold the one analyzer's object itself; v5.1 clients hold [null].
        for (JsonNode analyzer : config.isArray() ? config : List.of(config)) {
            if (analyzer.isObject()) {
                analyzers.add(new AnalyzerConfig(
                        strings(analyzer.path("command")),
                        analyzer.path("device_type").asInt(-1),
                        analyzer.path("interface_flag").asString(""),
                        Optional.ofNullable(text(analyzer.path("dc_flag"))),
                        analyzer.path("device_port").asString(""),
                        integers(analyzer.path("channel"))));
            }
        }
        return analyzers;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asString("")));
        return strings;
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> integers = new ArrayList<>();
        array.forEach(element -> integers.add(element.asInt(-1)));
        return integers;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }

    @SuppressWarnings("unchecked") // a JSON object always reads as a map from text
    private static Map<String, Object> wattline(JsonNode node) {
        return node.isObject() ? MAPPER.convertValue(node, Map.class) : Map.of();
    }
}
