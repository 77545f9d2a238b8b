package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.restore.OpenRestores;
import dev.wattline.director.results.ServerLog;
import dev.wattline.model.TimeSource;
import dev.wattline.ptd.PtdConnector;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What every session of a director shares.
 *
 * @param restores what analyzers are to get back
 * @param live what those see who watch
 * @param version Wattline's version, for the summaries
 * @param commit the commit it was built from, for the summaries
 * @param uuids where a session's uuid comes from
 * @param zone the one whose local time names sessions and stamps {@code server.log}
 */
public record DirectorContext(
        DirectorConfig config,
        PtdLauncher launcher,
        PtdConnector connector,
        OpenRestores restores,
        LiveFeed live,
        TimeSource time,
        ZoneId zone,
        Supplier<UUID> uuids,
        String version,
        String commit) {

    /** The configured analyzers, none of them started; what concerns them is written below this folder. */
    public List<Analyzer> analyzers(Path folder, ServerLog log, AnalyzerEvents events) {
        List<Analyzer> analyzers = new ArrayList<>();
        for (AnalyzerConfig analyzer : config.analyzers()) {
            analyzers.add(new Analyzer(
                    analyzer,
                    config.ptd(),
                    new AnalyzerFiles(folder, analyzer.number()),
                    config.settings().deadlines(),
                    launcher,
                    connector,
                    log,
                    events));
        }
        return analyzers;
    }
}
