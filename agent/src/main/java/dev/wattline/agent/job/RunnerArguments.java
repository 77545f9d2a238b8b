package dev.wattline.agent.job;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.setting.SettingCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** What the runner is told of a job by its command line. */
record RunnerArguments(AgentConfig config) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * Those of a job.
     *
     * @param before what reading each setting gave before it was set
     */
    List<String> of(JobRequest request, Map<String, String> before) {
        NamedWorkload workload = Objects.requireNonNull(config.workloads().get(request.workload()));
        List<String> line = new ArrayList<>();
        if (!request.isInformal()) {
            line.addAll(config.access().runnerOptions());
            line.addAll(List.of("--addr=" + config.director(), "--ntp=" + config.ntp()));
        }
        if (!request.isInformal() || workload.loadgenLogs().isPresent()) {
            line.add("--loadgen-logs=" + request.loadgenLogs(config));
        }
        line.addAll(List.of(
                "--run-workload=" + shellLine(workload.folder(), request, request.variables()),
                "--output=" + config.results(),
                "--sut=" + config.sut(),
                "--workload-name=" + request.workload()));
        request.params().forEach((name, value) -> line.add("--param=" + name + "=" + value));
        request.settings()
                .forEach((name, value) -> line.add("--setting=" + name + "=" + value + "/"
                        + before.getOrDefault(name, "").replace('\n', ' ')));
        line.addAll(companion(request));
        line.addAll(request.more());
        return line;
    }

    private List<String> companion(JobRequest request) {
        if (request.with().isEmpty()) {
            return List.of();
        }
        NamedCompanion named = request.with().get();
        JobRequest beside = request.companion(config).orElseThrow();
        NamedWorkload workload = Objects.requireNonNull(config.workloads().get(named.workload()));
        SortedMap<String, String> variables = beside.variables();
        variables.putAll(request.variablesForCompanion());
        List<String> line = new ArrayList<>(List.of(
                "--companion=" + shellLine(workload.folder(), beside, variables),
                "--companion-name=" + named.workload(),
                "--companion-warm=" + workload.warm().toSeconds()));
        if (!named.gpus().isEmpty()) {
            line.add("--companion-gpus=" + named.gpus());
        }
        if (named.loop()) {
            line.add("--companion-loop");
        }
        return line;
    }

    /** The workload for the runner's shell: each word quoted, so that no value is ever read as the shell's own text. */
    private String shellLine(Path workingFolder, JobRequest request, SortedMap<String, String> variables) {
        StringBuilder line = new StringBuilder("cd ")
                .append(quote(workingFolder.toString()))
                .append(" && exec env")
                .append(defaultSignals());
        variables.forEach((name, value) -> line.append(' ').append(quote(name + "=" + value)));
        request.command(config).forEach(word -> line.append(' ').append(quote(word)));
        return line.toString();
    }

    /** A shell starts what runs in the background with INT and QUIT ignored, which a workload would inherit. */
    private static String defaultSignals() {
        String option = "--default-signal=INT,QUIT";
        boolean known =
                SettingCommand.run(List.of("env", option, "true"), TIMEOUT).status() == 0;
        return known ? " " + option : "";
    }

    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
