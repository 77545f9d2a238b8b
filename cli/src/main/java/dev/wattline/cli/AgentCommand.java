package dev.wattline.cli;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.agent.job.AgentJournal;
import dev.wattline.agent.job.JobRequest;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.job.LoopProcess;
import dev.wattline.model.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline agent}: named workloads of this machine, with settings that are applied, read back and restored. */
@Command(
        name = "agent",
        description = {
            "Run a named workload under power measurement, with the machine's settings applied before and restored after.",
            "The configuration says what may be run and set. While the session is measured only 'wattline run' is there;"
                    + " after it, however it ended, the settings are restored. Linux only."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline agent -c agent.yaml check",
            "  wattline agent -c agent.yaml workloads",
            "  wattline agent -c agent.yaml start bert-offline -p gpus=8 \\",
            "      --set powercap=500 --dry-run",
            "  wattline agent -c agent.yaml start bert-offline -p gpus=8 --set powercap=500",
            "  wattline agent -c agent.yaml restore      what a killed agent left set",
            "",
            "Exit status: that of 'wattline run'; 1 where nothing could be measured or a",
            "setting could not be restored; 2 usage, or a wrong configuration."
        })
final class AgentCommand implements Callable<Integer> {
    /** Tells the launcher's loop that the runner has its turn. */
    static final int HANDED_OVER = 75;

    private static final long WIND_UP_SECONDS = 60;
    private static final String STATE = "wattline.agent.state";
    private static final String LOOP = "wattline.loop";
    private static final String RAN = "wattline.run.status";

    enum Action {
        CHECK,
        WORKLOADS,
        START,
        RESTORE
    }

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The agent's configuration, which not everybody may write.")
    private Path config = Path.of("");

    @Parameters(index = "0", paramLabel = "ACTION", description = "check, workloads, start or restore.")
    private Action action = Action.CHECK;

    @Parameters(index = "1", arity = "0..1", paramLabel = "WORKLOAD", description = "What to start.")
    private @Nullable String workload;

    @Option(names = "-p", paramLabel = "NAME=VALUE", description = "A parameter of the workload; several times.")
    private Map<String, String> params = Map.of();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the machine; several times, applied in this order.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--label", defaultValue = "", paramLabel = "LABEL", description = "Part of the session's name.")
    private String label = "";

    @Option(names = "--ranging-only", description = "As of 'wattline run'.")
    private boolean rangingOnly;

    @Option(names = "--profile", description = "As of 'wattline run'.")
    private boolean profile;

    @Option(names = "--dry-run", description = "Print what would be run and set, and do nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        AgentConfig read = read();
        switch (action) {
            case CHECK ->
                System.out.println(config + ": " + read.workloads().size() + " workloads, "
                        + read.settings().size() + " settings");
            case WORKLOADS -> list(read);
            case START -> {
                Integer ran = Integer.getInteger(RAN); // the loop's second turn: the runner has ended
                if (ran == null) {
                    return start(read);
                }
                withAgent(read, agent -> agent.finish(ran));
            }
            case RESTORE -> withAgent(read, LocalAgent::recover);
        }
        return ExitCode.OK.code();
    }

    private AgentConfig read() {
        try {
            return AgentConfigReader.read(config);
        } catch (AgentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
    }

    private static void list(AgentConfig read) {
        read.workloads().forEach((name, one) -> {
            System.out.println(name);
            one.params()
                    .forEach((param, values) -> System.out.println(
                            "  -p " + param + "=" + values.fallback().orElse("...") + "  "
                                    + values.allowed().describe()));
        });
        read.settings()
                .forEach((name, setting) -> System.out.println(
                        "--set " + name + "=...  " + setting.allowed().describe() + "; afterwards "
                                + setting.restore().orElse("what it was before")));
    }

    private Integer start(AgentConfig read) {
        if (workload == null) {
            throw new UsageException(
                    "start: name a workload", "'wattline agent -c " + config + " workloads' lists them.");
        }
        JobRequest request;
        try {
            request = new JobRequest(workload, new TreeMap<>(params), settings, more()).complete(read);
        } catch (AgentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
        if (dryRun) {
            System.out.println("command   " + String.join(" ", request.command(read)));
            request.params().forEach((name, value) -> System.out.println("parameter " + name + "=" + value));
            request.settings()
                    .forEach((name, value) -> System.out.println("setting   " + name + "=" + value + " by "
                            + String.join(
                                    " ",
                                    Objects.requireNonNull(read.settings().get(name))
                                            .applying(value))));
            return ExitCode.OK.code();
        }
        Long pid = Long.getLong(LOOP);
        Optional<Long> began = pid == null ? Optional.empty() : LoopProcess.startTicks(pid);
        boolean parent = ProcessHandle.current()
                .parent()
                .map(ProcessHandle::pid)
                .filter(id -> id.equals(pid))
                .isPresent();
        if (pid == null || began.isEmpty() || !parent) {
            throw new AgentException(
                    "there is no loop to start the runner after this agent",
                    "Start it by the launcher 'wattline', on Linux.",
                    null);
        }
        String id = TimeSource.system().now().toString();
        withAgent(read, agent -> agent.prepare(id, request, new LocalAgent.Loop(pid, began.get())));
        return HANDED_OVER;
    }

    /** What was set is restored before the process ends, if that can be done in a minute. */
    private static void await(CountDownLatch over) {
        try {
            if (!over.await(WIND_UP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("wattline agent: not all was restored; the next start of the agent goes on with it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> more() {
        List<String> more = new ArrayList<>();
        if (!label.isEmpty()) {
            more.add("--label=" + label);
        }
        if (rangingOnly) {
            more.add("--ranging-only");
        }
        if (profile) {
            more.add("--profile");
        }
        return more;
    }

    private interface Work {
        void with(LocalAgent agent);
    }

    private void withAgent(AgentConfig read, Work work) {
        String state = System.getProperty(STATE);
        if (state == null) {
            throw new UsageException(
                    "there is no folder for the agent's state", "Start it by the launcher 'wattline'.");
        }
        Path folder = Path.of(state);
        try (AgentJournal journal = AgentJournal.open(folder, TimeSource.system())) {
            LocalAgent agent =
                    new LocalAgent(read, journal, folder, line -> System.err.println("wattline agent: " + line));
            CountDownLatch over = new CountDownLatch(1);
            SignalHook onSignal = SignalHook.doing(() -> {
                agent.interrupt();
                await(over);
            });
            try {
                work.with(agent);
            } finally {
                over.countDown();
                onSignal.remove();
            }
        }
    }
}
