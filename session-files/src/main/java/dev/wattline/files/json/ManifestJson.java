package dev.wattline.files.json;

import dev.wattline.files.CompanionRecord;
import dev.wattline.files.CompanionRecord.Ended;
import dev.wattline.files.CompanionRecord.PhaseRun;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.SessionManifest.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code lab/manifest.json} of a session. A key that is absent reads as empty. */
public final class ManifestJson {
    private ManifestJson() {}

    /**
     * Reads it; empty where there is no such file.
     *
     * @throws SessionFilesException if the file cannot be read or is none of this format
     */
    public static Optional<SessionManifest> read(Path file) {
        return Files.exists(file)
                ? Optional.of(SchemaFile.read(file, SessionManifest.SCHEMA, ManifestJson::manifest))
                : Optional.empty();
    }

    /**
     * Writes the file, with the folder it lies in; it appears whole or not at all.
     *
     * @throws SessionFilesException if it cannot be written
     */
    public static void write(Path file, SessionManifest manifest) {
        ObjectNode root = SchemaFile.MAPPER.createObjectNode();
        root.put("schema", SessionManifest.SCHEMA);
        root.put("session", manifest.session());
        root.put("kind", manifest.kind());
        root.put("sut", manifest.sut());
        root.put("workload", manifest.workload());
        ObjectNode params = root.putObject("params");
        manifest.params().forEach(params::put);
        ArrayNode settings = root.putArray("settings");
        for (Setting setting : manifest.settings()) {
            settings.addObject()
                    .put("name", setting.name())
                    .put("wanted", setting.wanted())
                    .put("before", setting.before());
        }
        manifest.changes().ifPresent(found -> {
            ArrayNode changes = root.putArray("changes");
            found.forEach(changes::add);
        });
        root.put("command", manifest.command());
        manifest.with().ifPresent(companion -> put(root.putObject("with"), companion));
        SchemaFile.write(file, root);
    }

    private static void put(ObjectNode with, CompanionRecord companion) {
        with.put("name", companion.name());
        with.put("command", companion.command());
        ArrayNode phases = with.putArray("phases");
        for (PhaseRun run : companion.phases()) {
            ObjectNode phase = phases.addObject();
            phase.put("phase", run.phase()).put("starts", run.starts());
            run.ended()
                    .ifPresent(how -> phase.putObject("ended")
                            .put("at", how.at().toString())
                            .put("status", how.status()));
        }
    }

    private static Optional<CompanionRecord> with(JsonNode with) {
        if (!with.isObject()) {
            return Optional.empty();
        }
        List<PhaseRun> phases = new ArrayList<>();
        with.path("phases")
                .forEach(run -> phases.add(
                        new PhaseRun(text(run, "phase"), run.path("starts").asInt(0), ended(run.path("ended")))));
        return Optional.of(new CompanionRecord(text(with, "name"), text(with, "command"), phases));
    }

    private static Optional<Ended> ended(JsonNode ended) {
        return ended.isObject()
                ? Optional.of(new Ended(
                        Instant.parse(text(ended, "at")), ended.path("status").asInt(-1)))
                : Optional.empty();
    }

    private static SessionManifest manifest(JsonNode root) {
        TreeMap<String, String> params = new TreeMap<>();
        root.path("params")
                .propertyStream()
                .forEach(param -> params.put(param.getKey(), param.getValue().asString("")));
        List<Setting> settings = new ArrayList<>();
        root.path("settings")
                .forEach(setting -> settings.add(
                        new Setting(text(setting, "name"), text(setting, "wanted"), text(setting, "before"))));
        List<String> changes = new ArrayList<>();
        root.path("changes").forEach(change -> changes.add(change.asString("")));
        return new SessionManifest(
                text(root, "session"),
                text(root, "kind"),
                text(root, "sut"),
                text(root, "workload"),
                params,
                settings,
                root.has("changes") ? Optional.of(changes) : Optional.empty(),
                text(root, "command"),
                with(root.path("with")));
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
