package dev.wattline.director.analyzer;

import java.nio.file.Path;
import java.util.List;

/** Starts PTDaemons: as processes, or in a test as something that stands in for one. */
public interface PtdLauncher {
    /**
     * Starts PTDaemon.
     *
     * @param analyzer number for messages
     * @param port the port it will listen on, which must be free
     * @param output the file that its standard output and error are appended to
     * @throws AnalyzerException if the port is taken or the binary cannot be run
     */
    RunningPtd launch(int analyzer, List<String> command, int port, Path output);

    /** Starts them as processes of this machine. */
    static PtdLauncher processes() {
        return PtdProcess::start;
    }
}
