package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.protocol.lab.LabMessage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wattline logs}: what a job of a lab said last. */
@Command(
        name = "logs",
        description = "Show how a job ended and the last lines of its log.",
        footer = {"", "Examples:", "  wattline logs j-82"})
public final class LogsCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Parameters(index = "0", paramLabel = "JOB", description = "The job, such as j-82.")
    private String job = "";

    @Override
    public Integer call() {
        console.ask(LabMessage.request("logs").with("job", job), LogsCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(LabMessage answer) {
        System.out.println(String.join("  ", LabConsole.row(answer)).stripTrailing());
        List<String> lines = answer.list("log");
        lines.forEach(System.out::println);
        if (lines.isEmpty()) {
            System.err.println("no lines of its log are there");
        }
    }
}
