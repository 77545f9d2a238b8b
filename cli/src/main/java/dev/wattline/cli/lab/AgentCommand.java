package dev.wattline.cli.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.job.AgentJournal;
import dev.wattline.agent.job.JobRequest;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.job.NamedCompanion;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline agent}: named workloads of this machine, with settings that are applied, read back and restored. */
@Command(
        name = "agent",
        description = {
            "Run a named workload under power measurement, with the machine's settings applied before and restored"
                    + " after.",
            "The configuration says what may be run and set. While the session is measured only 'wattline run' is"
                    + " there; after it, however it ended, the settings are restored. Linux only."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline agent -c agent.yaml check",
            "  wattline agent -c agent.yaml workloads",
            "  wattline agent -c agent.yaml start bert-offline -p gpus=8 \\",
            "      --set powercap=500 --dry-run",
            "  wattline agent -c agent.yaml start bert-offline -p gpus=8 --set powercap=500",
            "  wattline agent -c agent.yaml restore      what a killed agent left set",
            "  wattline agent -c agent.yaml connect      take jobs from the director's queue",
            "",
            "Exit status: that of 'wattline run'; 1 where nothing could be measured or a",
            "setting could not be restored; 2 usage, or a wrong configuration. Connected it",
            "goes on until a signal ends it."
        })
public final class AgentCommand implements Callable<Integer> {
    enum Action {
        CHECK,
        WORKLOADS,
        START,
        RESTORE,
        CONNECT
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

    @Parameters(index = "0", paramLabel = "ACTION", description = "check, workloads, start, restore or connect.")
    private Action action = Action.CHECK;

    @Parameters(index = "1", arity = "0..1", paramLabel = "WORKLOAD", description = "What to start.")
    private @Nullable String workload;

    @Option(names = "-p", paramLabel = "NAME=VALUE", description = "A parameter of the workload; several times.")
    private List<String> params = List.of();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the machine; several times, applied in this order.")
    private List<String> settings = List.of();

    @Option(
            names = "--with",
            paramLabel = "WORKLOAD",
            description = {
                "A workload that runs beside it, with the defaults of its parameters: NAME, NAME@other, NAME@same or NAME@N,",
                "which GPUs it is told to use; 'NAME loop' starts it again where it ends first. Not in a submission."
            })
    private @Nullable String with;

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
        if (action == Action.CONNECT) {
            return ConnectedAgent.run(config);
        }
        AgentConfig read = AgentLoop.config(config);
        switch (action) {
            case CHECK ->
                System.out.println(config + ": " + read.workloads().size() + " workloads, "
                        + read.settings().size() + " settings");
            case WORKLOADS -> list(read);
            case START -> {
                OptionalInt ran = AgentLoop.ran(); // the loop's second turn: the runner has ended
                if (ran.isEmpty()) {
                    return start(read);
                }
                withAgent(read, agent -> agent.finish(ran.getAsInt()));
            }
            case RESTORE -> withAgent(read, LocalAgent::recover);
            case CONNECT -> throw new IllegalStateException("it has its own way");
        }
        return ExitCode.OK.code();
    }

    private static void list(AgentConfig read) {
        read.workloads().forEach((name, one) -> {
            System.out.println(name);
            one.params()
                    .forEach((param, values) -> System.out.println(
                            "  -p " + param + "=" + values.fallback().orElse("...") + "  "
                                    + values.allowed().describe()));
        });
        read.actions().keySet().forEach(name -> System.out.println(name + "  an action of the director's queue"));
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
            request = new JobRequest(
                            workload,
                            new TreeMap<>(NamedValues.of("-p", params)),
                            NamedValues.of("--set", settings),
                            companion(),
                            more())
                    .complete(read);
            request.requireMeasurable(read);
        } catch (AgentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
        if (dryRun) {
            System.out.println("command   " + String.join(" ", request.command(read)));
            request.params().forEach((name, value) -> System.out.println("parameter " + name + "=" + value));
            request.companion(read)
                    .ifPresent(beside -> System.out.println("companion " + String.join(" ", beside.command(read))));
            request.settings()
                    .forEach((name, value) -> System.out.println("setting   " + name + "=" + value + " by "
                            + String.join(
                                    " ",
                                    Objects.requireNonNull(read.settings().get(name))
                                            .applying(value))));
            return ExitCode.OK.code();
        }
        LocalAgent.Loop loop = AgentLoop.find();
        String id = TimeSource.system().now().toString();
        withAgent(read, agent -> agent.prepare(id, request, loop));
        return AgentLoop.HANDED_OVER;
    }

    private Optional<NamedCompanion> companion() {
        if (with == null || with.equals(NamedCompanion.NONE)) {
            return Optional.empty();
        }
        return Optional.of(NamedCompanion.parse(with)
                .orElseThrow(() -> new UsageException(
                        "--with: expected " + NamedCompanion.EXPECTED + "; got '" + with + "'", null)));
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
        Path folder = AgentLoop.state();
        try (AgentJournal journal = AgentJournal.open(folder, TimeSource.system())) {
            LocalAgent agent =
                    new LocalAgent(read, journal, folder, line -> System.err.println("wattline agent: " + line));
            AgentLoop.interruptible(agent::interrupt, () -> work.with(agent));
        }
    }
}
