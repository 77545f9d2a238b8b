package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.protocol.lab.LabMessage;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wattline stop}: ends a job of a lab. */
@Command(
        name = "stop",
        description =
                "End a job: one that waits leaves the queue; one that is measured is cancelled, and its settings are"
                        + " restored.",
        footer = {"", "Examples:", "  wattline stop j-82", "  wattline stop              the one that is being done"})
public final class StopCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "JOB",
            description = "The job, such as j-82 (default: the one that is being done).")
    private @Nullable String job;

    @Override
    public Integer call() {
        LabMessage request = LabMessage.request("stop");
        console.ask(
                job == null ? request : request.with("job", job),
                answer -> System.out.println(answer.text("job") + "  " + answer.text("done")));
        return ExitCode.OK.code();
    }
}
