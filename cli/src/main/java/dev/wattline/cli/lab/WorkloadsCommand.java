package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.protocol.lab.LabMessage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline workloads}: what a machine of a lab can run and set. */
@Command(
        name = "workloads",
        description = "List what a machine of the lab can run, do and set: names, values, defaults.",
        footer = {"", "Examples:", "  wattline workloads --sut h200-03"})
public final class WorkloadsCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Option(names = "--sut", required = true, paramLabel = "NAME", description = "The machine.")
    private String sut = "";

    @Override
    public Integer call() {
        console.ask(LabMessage.request("workloads").with("sut", sut), WorkloadsCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(LabMessage answer) {
        for (LabMessage workload : answer.objects("workloads")) {
            System.out.println(workload.text("name"));
            for (LabMessage param : workload.objects("params")) {
                System.out.println("  -p " + param.text("name") + "="
                        + param.optionalText("default").orElse("...") + "  " + param.text("allowed"));
            }
        }
        for (LabMessage action : answer.objects("actions")) {
            System.out.println(action.text("name") + "  --kind action");
        }
        for (LabMessage setting : answer.objects("settings")) {
            System.out.println("--set " + setting.text("name") + "=...  " + setting.text("allowed") + "; afterwards "
                    + setting.text("restore"));
        }
    }
}
