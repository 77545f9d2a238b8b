package dev.wattline.director.config;

import dev.wattline.model.finding.Finding;
import dev.wattline.protocol.HostPort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that a director is told by its configuration file.
 *
 * @param file where it was read, absolute
 * @param ntpServer what clocks are checked against
 * @param listen where clients connect; port 0 for any free one
 * @param rangingMode how the current range is set while ranging
 * @param ptd PTDaemon's binary, as written or found
 * @param analyzers one or more, by number
 * @param settings our own section
 */
public record DirectorConfig(
        Path file,
        HostPort ntpServer,
        InetSocketAddress listen,
        RangingMode rangingMode,
        String ptd,
        List<AnalyzerConfig> analyzers,
        DirectorSettings settings) {

    public DirectorConfig {
        analyzers = List.copyOf(analyzers);
    }

    /** A usable configuration and what is worth saying about its file. */
    public record Loaded(DirectorConfig config, List<Finding> remarks) {}

    /**
     * Reads a configuration file.
     *
     * @param strict whether an unknown key or section keeps the director from starting
     * @param environment of the process, for {@code MLPP_DEBUG}
     * @throws ConfigException with all problems, if there is one that keeps the director from starting
     */
    public static Loaded load(Path file, boolean strict, Map<String, String> environment) {
        return new ConfigLoader(file, strict, environment).load();
    }
}
