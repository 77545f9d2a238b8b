package dev.wattline.ledger.row.json;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ledger on disk: JSON lines in UTF-8. The first line is {@code {"wattlineLedger":1}}; each line after it is a row, an
 * object with its keys in a fixed order, so that two ledgers can be compared with {@code diff}. {@code docs/ledger.md}
 * describes the keys.
 */
public final class LedgerFile {
    /** Grows when a key changes its meaning or goes; a new key does not change it. */
    public static final int VERSION = 1;

    private static final String HEADER = "wattlineLedger";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private LedgerFile() {}

    /** Writes rows to a file that replaces an older one only when it is complete. */
    public static final class Writer implements AutoCloseable {
        private final Path file;
        private final Path part;
        private final BufferedWriter out;
        private boolean complete;

        /**
         * @throws IOException if the file cannot be made
         */
        public Writer(Path file) throws IOException {
            this.file = file;
            this.part = file.resolveSibling(file.getFileName() + ".part");
            this.out = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
            out.write("{\"" + HEADER + "\":" + VERSION + "}\n");
        }

        /** Adds a row. */
        public void add(LedgerRow row) throws IOException {
            out.write(MAPPER.writeValueAsString(json(row)));
            out.write('\n');
        }

        /** All rows are there: {@link #close} puts the file in its place. */
        public void complete() {
            complete = true;
        }

        @Override
        public void close() throws IOException {
            out.close();
            if (complete) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Tells rows apart by what they hold, in a few bytes each. Not safe for use by several threads. */
    public static final class Seen {
        private final Set<Digest> digests = new HashSet<>();
        private final MessageDigest sha;

        private record Digest(long first, long second) {}

        /** Nothing was seen yet. */
        public Seen() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        /** Whether the row is new; then it is seen. */
        public boolean add(LedgerRow row) {
            ByteBuffer digest = ByteBuffer.wrap(
                    sha.digest(MAPPER.writeValueAsString(json(row)).getBytes(StandardCharsets.UTF_8)));
            return digests.add(new Digest(digest.getLong(), digest.getLong()));
        }
    }

    private static ObjectNode json(LedgerRow row) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("source", row.origin().kind().name().toLowerCase(Locale.ROOT));
        json.put("file", row.origin().file());
        json.put("place", row.origin().place());
        json.put("suite", row.submission().suite().name().toLowerCase(Locale.ROOT));
        json.put("round", row.submission().round());
        json.put("category", row.submission().category());
        json.put("division", row.submission().division());
        json.put("id", row.submission().id());
        json.put("submitter", row.submission().submitter());
        json.put("location", row.submission().location());
        json.put("system", row.machine().name());
        json.put("platform", row.machine().platform());
        json.put("nodes", row.machine().nodes());
        json.put("processor", row.machine().processor());
        json.put("accelerator", row.machine().accelerator());
        json.put("accelerators", row.machine().accelerators());
        json.put("model", row.task().model());
        json.put("officialModel", row.task().officialModel());
        json.put("scenario", row.task().scenario());
        json.put("precision", row.task().precision());
        settings(json, row.settings());
        ArrayNode measures = json.putArray("measures");
        for (Measure measure : row.measures()) {
            ObjectNode each = measures.addObject();
            if (Double.isNaN(measure.value())) {
                each.putNull("value");
            } else {
                each.put("value", measure.value());
            }
            MeasureUnit unit = measure.unit();
            each.put("unit", unit == null ? null : unit.symbol());
            each.put("scope", measure.scope().name().toLowerCase(Locale.ROOT));
            each.put("text", measure.text());
            each.put("label", measure.label());
            each.put("place", measure.place());
            extras(each, measure);
        }
        row.findings().forEach(json.putArray("findings")::add);
        return json;
    }

    /** Keys that most rows have nothing for stand only where there is something. */
    private static void settings(ObjectNode json, LedgerRow.Settings settings) {
        if (settings.equals(LedgerRow.Settings.NONE)) {
            return;
        }
        ObjectNode each = json.putObject("settings");
        putUnlessEmpty(each, "benchmark", settings.benchmark());
        putUnlessEmpty(each, "phase", settings.phase());
        putUnlessEmpty(each, "run", settings.run());
        settings.numbers().forEach((setting, number) -> each.put(setting.key(), number));
    }

    private static void extras(ObjectNode json, Measure measure) {
        putUnlessEmpty(json, "key", measure.key());
        if (measure.basis() != Measure.Basis.MEASURED) {
            json.put("basis", measure.basis().name().toLowerCase(Locale.ROOT));
        }
        if (measure.low() != null && measure.high() != null) {
            json.put("low", measure.low());
            json.put("high", measure.high());
        }
    }

    private static void putUnlessEmpty(ObjectNode json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    /**
     * Reads a ledger row by row.
     *
     * @throws LedgerException if the file is no ledger, is of a newer version, or a line of it is no row
     * @throws IOException if it cannot be read
     */
    public static void read(Path file, Consumer<LedgerRow> rows) throws IOException {
        Map<String, String> known = new HashMap<>(); // most texts stand in many rows, and are held once
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                JsonNode json;
                try {
                    json = MAPPER.readTree(line);
                } catch (JacksonException e) {
                    throw broken(file, number, number == 1 ? "this is no ledger" : "the line is no JSON", e);
                }
                if (number == 1) {
                    requireVersion(file, json);
                } else {
                    try {
                        rows.accept(row(json, known));
                    } catch (JacksonException | IllegalArgumentException e) {
                        throw broken(file, number, "the line is no row: " + e.getMessage(), e);
                    }
                }
            }
            if (number == 0) {
                throw broken(file, 1, "the file is empty", null);
            }
        } catch (java.nio.charset.CharacterCodingException e) {
            throw broken(file, 1, "the file is no UTF-8", e);
        }
    }

    private static void requireVersion(Path file, JsonNode header) {
        JsonNode version = header.path(HEADER);
        if (!version.isInt()) {
            throw broken(file, 1, "this is no ledger: expected {\"" + HEADER + "\":" + VERSION + "}", null);
        }
        if (version.asInt() > VERSION) {
            throw broken(file, 1, "the ledger is of version " + version.asInt() + ", newer than this program", null);
        }
    }

    private static LedgerException broken(Path file, long line, String what, @Nullable Exception cause) {
        return new LedgerException(
                file + ":" + line + ": " + what, "Make it again with 'wattline ledger collect'.", cause);
    }

    private static LedgerRow row(JsonNode json, Map<String, String> known) {
        List<Measure> measures = new ArrayList<>();
        for (JsonNode each : json.required("measures")) {
            String symbol = text(each, "unit");
            measures.add(new Measure(
                    each.required("value").isNumber() ? each.get("value").asDouble() : Double.NaN,
                    text(each, "text"),
                    text(each, "label", known),
                    MeasureUnit.ofLabel(symbol).orElse(null),
                    Measure.Scope.valueOf(text(each, "scope").toUpperCase(Locale.ROOT)),
                    text(each, "place"),
                    text(each, "key", known),
                    basis(text(each, "basis")),
                    number(each, "low"),
                    number(each, "high")));
        }
        List<String> findings = new ArrayList<>();
        json.path("findings").forEach(finding -> findings.add(finding.asString()));
        return new LedgerRow(
                new LedgerRow.Origin(
                        Kind.valueOf(text(json, "source").toUpperCase(Locale.ROOT)),
                        text(json, "file", known),
                        text(json, "place")),
                new LedgerRow.Submission(
                        Suite.valueOf(text(json, "suite").toUpperCase(Locale.ROOT)),
                        text(json, "round", known),
                        text(json, "category", known),
                        text(json, "division", known),
                        text(json, "id", known),
                        text(json, "submitter", known),
                        text(json, "location", known)),
                new LedgerRow.Machine(
                        text(json, "system", known),
                        text(json, "platform", known),
                        number(json, "nodes"),
                        text(json, "processor", known),
                        text(json, "accelerator", known),
                        number(json, "accelerators")),
                new LedgerRow.Task(
                        text(json, "model", known),
                        text(json, "officialModel", known),
                        text(json, "scenario", known),
                        text(json, "precision", known)),
                settings(json.path("settings"), known),
                measures,
                findings);
    }

    private static Measure.Basis basis(String name) {
        return name.isEmpty() ? Measure.Basis.MEASURED : Measure.Basis.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static LedgerRow.Settings settings(JsonNode json, Map<String, String> known) {
        if (json.isMissingNode()) {
            return LedgerRow.Settings.NONE;
        }
        Map<LedgerRow.Setting, Double> numbers = new EnumMap<>(LedgerRow.Setting.class);
        for (LedgerRow.Setting setting : LedgerRow.Setting.values()) {
            Double number = number(json, setting.key());
            if (number != null) {
                numbers.put(setting, number);
            }
        }
        return new LedgerRow.Settings(
                text(json, "benchmark", known), text(json, "phase", known), text(json, "run", known), numbers);
    }

    private static String text(JsonNode json, String key, Map<String, String> known) {
        return known.computeIfAbsent(text(json, key), text -> text);
    }

    private static String text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        return value.isString() ? value.asString() : "";
    }

    private static @Nullable Double number(JsonNode json, String key) {
        JsonNode value = json.path(key);
        return value.isNumber() ? value.asDouble() : null;
    }
}
