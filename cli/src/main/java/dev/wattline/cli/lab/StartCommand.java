package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.SessionId;
import dev.wattline.protocol.lab.JobKind;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline start}: puts a job into the queue of a lab. */
@Command(
        name = "start",
        description = {
            "Put a job into the director's queue: a named workload on a machine of the lab.",
            "The machine's agent applies the settings, measures, and restores them. Nothing but names and values that"
                    + " its configuration allows is sent."
        },
        footer = {
            "",
            "Examples:",
            "  wattline start bert-offline --sut h200-03 -p gpus=8 --set powercap=500 --wait",
            "  wattline start bert-offline --sut h200-03 -p gpus=8 --dry-run",
            "  wattline start accuracy --sut h200-03 --kind plain",
            "  wattline start reboot --sut h200-03 --kind action",
            "",
            "Exit status: 0 queued, or with --wait done and valid; 1 refused or failed;",
            "2 usage; 3 done, and the session does not count."
        })
public final class StartCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Parameters(index = "0", paramLabel = "WORKLOAD", description = "What to start: a workload, or an action.")
    private String workload = "";

    @Option(names = "--sut", required = true, paramLabel = "NAME", description = "The machine.")
    private String sut = "";

    @Option(names = "-p", paramLabel = "NAME=VALUE", description = "A parameter of the workload; several times.")
    private List<String> params = List.of();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the machine; several times, applied in this order.")
    private List<String> settings = List.of();

    @Option(
            names = "--kind",
            defaultValue = "official",
            paramLabel = "official|profile|ranging|plain|action",
            description = "For submission, for yourself, its ranging alone, without an analyzer, or an action of the"
                    + " machine (default: ${DEFAULT-VALUE}).")
    private JobKind kind = JobKind.OFFICIAL;

    @Option(names = "--label", defaultValue = "", paramLabel = "LABEL", description = "Part of the session's name.")
    private String label = "";

    @Option(names = "--wait", description = "Wait for the job's end; Ctrl-C leaves it alone.")
    private boolean wait;

    @Option(names = "--dry-run", description = "Have the agent say what it would do, and queue nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        LabMessage request = order().into(LabMessage.request(dryRun ? "check" : "start"));
        if (dryRun) {
            console.ask(request, StartCommand::printCheck);
            return ExitCode.OK.code();
        }
        return JobWatch.started(console, request, wait);
    }

    private JobOrder order() {
        if (!SessionId.isLabel(label)) {
            throw new UsageException("--label: expected letters, digits, '-' and '_', got '" + label + "'", null);
        }
        requireName("the workload", workload);
        requireName("--sut", sut);
        Map<String, String> given = NamedValues.of("-p", params);
        Map<String, String> wanted = NamedValues.of("--set", settings);
        given.keySet().forEach(name -> requireName("-p", name));
        wanted.keySet().forEach(name -> requireName("--set", name));
        return new JobOrder(sut, workload, kind, new TreeMap<>(given), wanted, label);
    }

    private void requireName(String what, String name) {
        if (!LabProtocol.isName(name)) {
            throw new UsageException(
                    what + ": expected a name of small letters, digits, '.', '-' and '_', got '" + name + "'",
                    LabProtocol.isName(sut) ? LabProtocol.listing(sut) : "'wattline suts' lists the machines.");
        }
    }

    private static void printCheck(LabMessage answer) {
        System.out.println("command   " + String.join(" ", answer.list("command")));
        answer.texts("params").forEach((name, value) -> System.out.println("parameter " + name + "=" + value));
        answer.texts("settings").forEach((name, value) -> System.out.println("setting   " + name + "=" + value));
    }
}
