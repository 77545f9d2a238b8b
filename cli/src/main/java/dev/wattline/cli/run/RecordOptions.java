package dev.wattline.cli.run;

import dev.wattline.sut.session.RunRecord;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What a session is found by later. */
final class RecordOptions {
    @Option(
            names = "--sut",
            defaultValue = "",
            paramLabel = "NAME",
            description = "The machine's name in 'wattline results' (default: its host name).")
    private String sut = "";

    @Option(
            names = "--workload-name",
            defaultValue = "",
            paramLabel = "NAME",
            description = "The workload's name in 'wattline results'.")
    private String workloadName = "";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the workload to find the session by in 'wattline results'; several times.")
    private Map<String, String> params = Map.of();

    @Option(
            names = "--setting",
            hidden = true,
            paramLabel = "NAME=WANTED/BEFORE",
            description = "A setting that the agent has made, for the session's manifest.")
    private Map<String, String> settings = Map.of();

    RunRecord record() {
        return new RunRecord(sut, workloadName, new TreeMap<>(params), new TreeMap<>(settings));
    }
}
