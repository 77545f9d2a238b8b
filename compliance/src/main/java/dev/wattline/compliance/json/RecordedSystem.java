package dev.wattline.compliance.json;

import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.files.json.SystemFactsJson;
import java.nio.file.Path;
import java.util.Optional;

/** What the measured machine said of itself, as our runner records it. */
public final class RecordedSystem {
    private RecordedSystem() {}

    /**
     * Reads it; empty where a session has no such record.
     *
     * @throws dev.wattline.files.SessionFilesException if it cannot be read
     */
    public static Optional<SystemFacts> of(Path session) {
        return SystemFactsJson.read(new SessionFolder(session).systemFacts());
    }

    /**
     * What the session was, and what was set for it; empty where a session has no such record.
     *
     * @throws dev.wattline.files.SessionFilesException if it cannot be read
     */
    public static Optional<SessionManifest> manifest(Path session) {
        return ManifestJson.read(new SessionFolder(session).manifest());
    }
}
