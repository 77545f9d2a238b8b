package dev.wattline.director.session;

import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.TimeSource;
import dev.wattline.ptd.PtdConnector;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What every session of a director shares.
 *
 * @param version Wattline's version, for the summaries
 * @param commit the commit it was built from, for the summaries
 * @param uuids where a session's uuid comes from
 * @param zone the one whose local time names sessions and stamps {@code server.log}
 */
public record SessionContext(
        DirectorConfig config,
        PtdLauncher launcher,
        PtdConnector connector,
        TimeSource time,
        ZoneId zone,
        Supplier<UUID> uuids,
        String version,
        String commit) {}
