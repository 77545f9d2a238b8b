package dev.wattline.files.json;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.SessionManifest.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
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
        SchemaFile.write(file, root);
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
                text(root, "command"));
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
