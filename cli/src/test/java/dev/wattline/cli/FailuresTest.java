package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.WattlineException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FailuresTest {
    private static final String REMEDY = "Check that the director runs there.";

    @Command(name = "fail")
    static final class FailingCommand implements Callable<Integer> {
        private final Exception failure;

        @Mixin
        final CommonOptions common = new CommonOptions();

        FailingCommand(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private static final class Refused extends WattlineException {
        private static final long serialVersionUID = 1;

        Refused(@Nullable String remedy) {
            super("connecting to the director at 192.0.2.7:4950: connection refused", remedy, null);
        }
    }

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Exception failure, String... args) {
        return new CommandLine(new FailingCommand(failure))
                .setExecutionExceptionHandler(new Failures(new PrintStream(err, true, StandardCharsets.UTF_8)))
                .execute(args);
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void expectedFailureIsItsCauseAndItsRemedyALineEach() {
        assertThat(run(new Refused(REMEDY))).isEqualTo(1);
        assertThat(printed().lines())
                .containsExactly(
                        "fail: connecting to the director at 192.0.2.7:4950: connection refused", "  " + REMEDY);
    }

    @Test
    void failureWithoutRemedyIsOneLine() {
        assertThat(run(new Refused(null))).isEqualTo(1);
        assertThat(printed().lines()).hasSize(1);
    }

    @Test
    void stackTraceIsThereOnRequest() {
        run(new Refused(REMEDY), "--stacktrace");

        assertThat(printed()).contains("\tat dev.wattline.cli.FailuresTest");
    }

    @Test
    void usageExceptionEndsWithTheCodeOfWrongUsage() {
        assertThat(run(new UsageException("the label 'a b' has a space", null))).isEqualTo(2);
    }

    @Test
    void unforeseenExceptionIsCalledADefect() {
        assertThat(run(new IllegalStateException("no such state"))).isEqualTo(1);
        assertThat(printed()).contains("unexpected IllegalStateException: no such state", "defect of Wattline");
    }
}
