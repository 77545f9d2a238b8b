package dev.wattline.analysis.calibration.json;

import dev.wattline.analysis.calibration.CalibrationSession;
import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.Cooling.Course;
import dev.wattline.analysis.calibration.CpuSight;
import dev.wattline.analysis.calibration.HoldOut;
import dev.wattline.analysis.calibration.MachinePrint;
import dev.wattline.analysis.calibration.NodeModel;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.WallModel;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.json.JsonTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes power calibrations ({@code docs/schemas/power-calibration.schema.json}). Numbers are in full precision,
 * unknown keys are refused, and so is a covariance that is none.
 */
public final class PowerCalibrationJson {
    private static final String REMEDY = "Give a file that 'wattline calibrate' wrote.";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PowerCalibrationJson() {}

    /**
     * Writes one; the file appears whole or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, PowerCalibration calibration) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", PowerCalibration.SCHEMA);
        root.put("revision", calibration.revision());
        root.put("created", calibration.created().toString());
        root.put("toolVersion", calibration.toolVersion());
        root.put("workload", calibration.workload());
        root.put("quick", calibration.quick());
        root.putObject("meter")
                .put("kind", calibration.meter().kind())
                .put("model", calibration.meter().model())
                .put("uncertaintyPct", calibration.meter().uncertaintyPct())
                .put("uncertaintyW", calibration.meter().uncertaintyW());
        ObjectNode machine = root.putObject("fingerprint");
        machine.put("hash", calibration.machine().hash());
        ObjectNode facts = machine.putObject("facts");
        calibration.machine().facts().forEach(facts::put);
        ArrayNode sessions = root.putArray("sessions");
        calibration.sessions().forEach(session -> sessions.add(session(session)));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, MAPPER.writeValueAsBytes(root));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ObjectNode session(CalibrationSession session) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("begin", session.begin().toString());
        node.put("seconds", session.seconds());
        ObjectNode files = node.putObject("files");
        session.files().forEach(files::put);
        node.put("levels", session.levels());
        node.put("cpuExercised", session.cpuExercised());
        ArrayNode models = node.putArray("models");
        for (WallModel model : session.models()) {
            ObjectNode one = models.addObject();
            one.put("cpu", model.cpu().name().toLowerCase(Locale.ROOT));
            model.regressors().forEach(one.putArray("regressors")::add);
            numbers(one.putArray("b"), model.b());
            matrix(one.putArray("V"), model.v());
            one.put("tauS", model.tauS());
            one.put("topSumW", model.topSumW());
            one.put("lowSumW", model.lowSumW());
            one.put("topWallW", model.topWallW());
            one.put("blockS", model.blockS());
            one.put("residualSdW", model.residualSdW());
            one.put("lag1", model.lag1());
            one.put("structuralSdW", model.structuralSdW());
            one.put("cpuSpanW", Double.isNaN(model.cpuSpanW()) ? null : (Double) model.cpuSpanW());
            one.set("holdOut", holdOut(model.holdOut()));
        }
        ArrayNode nodes = node.putArray("nodes");
        for (NodeModel model : session.nodes()) {
            ObjectNode one = nodes.addObject();
            one.put("source", model.source());
            one.put("entity", model.entity());
            numbers(one.putArray("q"), model.q());
            matrix(one.putArray("V"), model.v());
            one.put("windowS", model.windowS());
            one.put("delayS", model.delayS());
            one.put("topWallW", model.topWallW());
            one.put("lowWallW", model.lowWallW());
            one.put("residualSdW", model.residualSdW());
            one.put("structuralSdW", model.structuralSdW());
            one.set("holdOut", holdOut(model.holdOut()));
        }
        if (!session.cooling().equals(Cooling.NONE)) {
            ObjectNode cooling = node.putObject("cooling");
            CoolingJson.put(cooling.putObject("fans"), session.cooling().fans());
            CoolingJson.put(
                    cooling.putObject("temperaturesC"), session.cooling().temperatures());
        }
        session.notes().forEach(node.putArray("notes")::add);
        return node;
    }

    private static ObjectNode holdOut(HoldOut holdOut) {
        return MAPPER.createObjectNode()
                .put("seconds", holdOut.seconds())
                .put("errorPct", holdOut.errorPct())
                .put("halfWidthPct", holdOut.halfWidthPct());
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }

    private static void matrix(ArrayNode array, double[][] rows) {
        for (double[] row : rows) {
            numbers(array.addArray(), row);
        }
    }

    /**
     * Reads one.
     *
     * @throws AnalysisInputException with the file and what is wrong, if it is no calibration
     */
    public static PowerCalibration read(Path file) {
        try {
            return new Reader(file).calibration(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        } catch (JacksonException e) {
            throw broken(file, JsonTrouble.of(e), e);
        }
    }

    private static AnalysisInputException broken(Path file, String what, @Nullable Throwable cause) {
        return new AnalysisInputException(file + ": is no power calibration: " + what, REMEDY, cause);
    }

    /** Takes a tree apart, and says where it is not as it should be. */
    private record Reader(Path file) {
        PowerCalibration calibration(JsonNode root) {
            String schema = root.path("schema").asString("");
            if (!schema.equals(PowerCalibration.SCHEMA)) {
                throw broken(file, "expected the schema " + PowerCalibration.SCHEMA + ", got '" + schema + "'", null);
            }
            keys("", root, "schema revision created toolVersion workload quick meter fingerprint sessions");
            JsonNode meter = root.path("meter");
            keys("meter", meter, "kind model uncertaintyPct uncertaintyW");
            JsonNode print = root.path("fingerprint");
            keys("fingerprint", print, "hash facts");
            MachinePrint machine = new MachinePrint(texts("fingerprint", print, "facts"));
            if (!machine.hash().equals(text("fingerprint", print, "hash"))) {
                throw broken(file, "fingerprint: its hash is not that of its facts", null);
            }
            List<CalibrationSession> sessions = new ArrayList<>();
            for (JsonNode session : array("", root, "sessions")) {
                sessions.add(session("session " + (sessions.size() + 1), session));
            }
            if (sessions.isEmpty()) {
                throw broken(file, "'sessions' holds none", null);
            }
            return new PowerCalibration(
                    (int) number("", root, "revision"),
                    instant("", root, "created"),
                    text("", root, "toolVersion"),
                    new PowerCalibration.Meter(
                            text("meter", meter, "kind"),
                            text("meter", meter, "model"),
                            number("meter", meter, "uncertaintyPct"),
                            number("meter", meter, "uncertaintyW")),
                    machine,
                    text("", root, "workload"),
                    bool("", root, "quick"),
                    sessions);
        }

        private CalibrationSession session(String where, JsonNode node) {
            keys(where, node, "begin seconds files levels cpuExercised models nodes cooling notes");
            List<WallModel> models = new ArrayList<>();
            for (JsonNode model : array(where, node, "models")) {
                models.add(wallModel(where + ", model " + (models.size() + 1), model));
            }
            List<NodeModel> nodes = new ArrayList<>();
            for (JsonNode model : array(where, node, "nodes")) {
                nodes.add(nodeModel(where + ", node " + (nodes.size() + 1), model));
            }
            return new CalibrationSession(
                    instant(where, node, "begin"),
                    number(where, node, "seconds"),
                    texts(where, node, "files"),
                    (int) number(where, node, "levels"),
                    bool(where, node, "cpuExercised"),
                    models,
                    nodes,
                    cooling(where, node.path("cooling")),
                    strings(where, node, "notes"));
        }

        /** Calibrations of versions that did not read fans and temperatures have none. */
        private Cooling cooling(String where, JsonNode node) {
            if (node.isMissingNode()) {
                return Cooling.NONE;
            }
            keys(where + ", cooling", node, "fans temperaturesC");
            return new Cooling(
                    courses(where + ", fans", node.path("fans")),
                    courses(where + ", temperatures", node.path("temperaturesC")));
        }

        private SortedMap<String, Course> courses(String where, JsonNode node) {
            if (!node.isObject()) {
                throw broken(file, where + ": expected an object, got " + node, null);
            }
            SortedMap<String, Course> courses = new TreeMap<>();
            for (Map.Entry<String, JsonNode> one : node.properties()) {
                String place = where + ", " + one.getKey();
                keys(place, one.getValue(), "low mean high");
                courses.put(
                        one.getKey(),
                        new Course(
                                number(place, one.getValue(), "low"),
                                number(place, one.getValue(), "mean"),
                                number(place, one.getValue(), "high")));
            }
            return courses;
        }

        private WallModel wallModel(String where, JsonNode node) {
            keys(
                    where,
                    node,
                    "cpu regressors b V tauS topSumW lowSumW topWallW blockS residualSdW lag1 structuralSdW cpuSpanW"
                            + " holdOut");
            List<String> regressors = strings(where, node, "regressors");
            CpuSight cpu;
            try {
                cpu = CpuSight.valueOf(text(where, node, "cpu").toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw broken(file, where + ": expected rapl, os or none in 'cpu'", e);
            }
            return new WallModel(
                    cpu,
                    regressors,
                    numbers(where, node, "b", regressors.size()),
                    covariance(where, node, regressors.size()),
                    number(where, node, "tauS"),
                    number(where, node, "topSumW"),
                    number(where, node, "lowSumW"),
                    number(where, node, "topWallW"),
                    number(where, node, "blockS"),
                    number(where, node, "residualSdW"),
                    number(where, node, "lag1"),
                    number(where, node, "structuralSdW"),
                    node.path("cpuSpanW").isNull() ? Double.NaN : number(where, node, "cpuSpanW"),
                    holdOut(where, node.path("holdOut")));
        }

        private NodeModel nodeModel(String where, JsonNode node) {
            keys(where, node, "source entity q V windowS delayS topWallW lowWallW residualSdW structuralSdW holdOut");
            return new NodeModel(
                    text(where, node, "source"),
                    text(where, node, "entity"),
                    numbers(where, node, "q", 3),
                    covariance(where, node, 3),
                    number(where, node, "windowS"),
                    number(where, node, "delayS"),
                    number(where, node, "topWallW"),
                    number(where, node, "lowWallW"),
                    number(where, node, "residualSdW"),
                    number(where, node, "structuralSdW"),
                    holdOut(where, node.path("holdOut")));
        }

        private HoldOut holdOut(String where, JsonNode node) {
            keys(where + ", holdOut", node, "seconds errorPct halfWidthPct");
            return new HoldOut(
                    number(where, node, "seconds"),
                    number(where, node, "errorPct"),
                    number(where, node, "halfWidthPct"),
                    "");
        }

        private void keys(String where, JsonNode node, String known) {
            if (!node.isObject()) {
                throw broken(file, where + ": expected an object, got " + node, null);
            }
            List<String> names = List.of(known.split(" "));
            for (String name : node.propertyNames()) {
                if (!names.contains(name)) {
                    throw broken(file, where + ": unknown key '" + name + "'", null);
                }
            }
        }

        private double number(String where, JsonNode node, String key) {
            if (!node.path(key).isNumber()) {
                throw broken(file, where + ": expected a number in '" + key + "', got " + node.path(key), null);
            }
            return node.path(key).asDouble();
        }

        private String text(String where, JsonNode node, String key) {
            if (!node.path(key).isString()) {
                throw broken(file, where + ": expected a text in '" + key + "', got " + node.path(key), null);
            }
            return node.path(key).asString();
        }

        private boolean bool(String where, JsonNode node, String key) {
            if (!node.path(key).isBoolean()) {
                throw broken(file, where + ": expected true or false in '" + key + "', got " + node.path(key), null);
            }
            return node.path(key).asBoolean();
        }

        private Instant instant(String where, JsonNode node, String key) {
            try {
                return Instant.parse(text(where, node, key));
            } catch (DateTimeException e) {
                throw broken(file, where + ": expected a time in '" + key + "'", e);
            }
        }

        private JsonNode array(String where, JsonNode node, String key) {
            if (!node.path(key).isArray()) {
                throw broken(file, where + ": expected a list in '" + key + "', got " + node.path(key), null);
            }
            return node.path(key);
        }

        private List<String> strings(String where, JsonNode node, String key) {
            List<String> texts = new ArrayList<>();
            for (JsonNode one : array(where, node, key)) {
                texts.add(one.asString(""));
            }
            return texts;
        }

        private SortedMap<String, String> texts(String where, JsonNode node, String key) {
            if (!node.path(key).isObject()) {
                throw broken(file, where + ": expected an object in '" + key + "', got " + node.path(key), null);
            }
            SortedMap<String, String> texts = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : node.path(key).properties()) {
                texts.put(entry.getKey(), entry.getValue().asString(""));
            }
            return texts;
        }

        private double[] numbers(String where, JsonNode node, String key, int size) {
            JsonNode list = array(where, node, key);
            if (list.size() != size) {
                throw broken(
                        file, where + ": expected " + size + " numbers in '" + key + "', got " + list.size(), null);
            }
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                if (!list.get(i).isNumber()) {
                    throw broken(file, where + ": expected numbers in '" + key + "', got " + list.get(i), null);
                }
                values[i] = list.get(i).asDouble();
            }
            return values;
        }

        private double[][] covariance(String where, JsonNode node, int size) {
            JsonNode rows = array(where, node, "V");
            double[][] v = new double[rows.size()][];
            for (int i = 0; i < v.length; i++) {
                ObjectNode row = MAPPER.createObjectNode();
                row.set("V", rows.get(i));
                v[i] = numbers(where, row, "V", size);
            }
            if (v.length != size || !dev.wattline.analysis.calibration.Covariance.isValid(v)) {
                throw broken(
                        file,
                        where + ": 'V' is no covariance of " + size + ": not symmetric and positive definite",
                        null);
            }
            return v;
        }
    }
}
