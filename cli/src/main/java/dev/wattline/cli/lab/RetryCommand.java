package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.protocol.lab.LabMessage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline retry}: the same job once more. */
@Command(
        name = "retry",
        description = "Put the same job into the director's queue once more, as a new one with all of its phases.",
        footer = {"", "Examples:", "  wattline retry j-82 --wait"})
public final class RetryCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Parameters(index = "0", paramLabel = "JOB", description = "The job, such as j-82.")
    private String job = "";

    @Option(names = "--wait", description = "Wait for the job's end; Ctrl-C leaves it alone.")
    private boolean wait;

    @Override
    public Integer call() {
        return JobWatch.started(console, LabMessage.request("retry").with("job", job), wait);
    }
}
