package dev.wattline.director;

import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.restore.OpenRestores;
import dev.wattline.director.session.DirectorContext;
import dev.wattline.model.TimeSource;
import dev.wattline.ptd.PtdConnector;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a director is started with; a test replaces the clock, the ids and PTDaemon.
 *
 * @param version Wattline's version, for the summaries
 * @param commit the commit it was built from, for the summaries
 */
public record DirectorEnvironment(
        DirectorConfig config,
        TimeSource time,
        ZoneId zone,
        Supplier<UUID> uuids,
        PtdLauncher launcher,
        String version,
        String commit) {

    /** The real world. */
    public static DirectorEnvironment of(DirectorConfig config, String version, String commit) {
        return new DirectorEnvironment(
                config,
                TimeSource.system(),
                ZoneId.systemDefault(),
                UUID::randomUUID,
                PtdLauncher.processes(),
                version,
                commit);
    }

    DirectorContext context(PtdConnector connector) {
        OpenRestores restores = new OpenRestores(config, launcher, connector, time);
        return new DirectorContext(
                config, launcher, connector, restores, new LiveFeed(), time, zone, uuids, version, commit);
    }
}
