package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example configuration, and what is refused before anything is set. */
@EnabledOnOs(OS.LINUX)
@ResourceLock(Resources.SYSTEM_OUT)
class AgentCommandTest {
    private static final String EXAMPLE =
            Path.of("../configs/agent.yaml").toAbsolutePath().normalize().toString();

    @Test
    void theExampleIsRight() {
        Outcome outcome = CapturedStreams.run("agent", "-c", EXAMPLE, "check");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("4 workloads, 2 settings");
    }

    @ParameterizedTest
    @CsvSource({"node-a, 2 workloads, 1 settings", "node-b, 2 workloads, 0 settings"})
    void theRehearsalsConfigurationIsRight(String machine, String workloads, String settings) {
        String file = Path.of("../configs/week")
                .resolve(machine)
                .resolve("agent.yaml")
                .toString();
        Outcome outcome = CapturedStreams.run("agent", "-c", file, "check");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(workloads + ", " + settings);
    }

    @Test
    void listsWhatCanBeStartedAndSet() {
        assertThat(CapturedStreams.run("agent", "-c", EXAMPLE, "workloads").out())
                .contains("bert-offline", "-p gpus=8  one of 1, 2, 4, 8")
                .contains("--set powercap=...  a whole number from 200 to 700; afterwards what it was before");
    }

    @Test
    void aDryRunShowsTheCommandsAndDoesNothing() {
        Outcome outcome = CapturedStreams.run(
                "agent", "-c", EXAMPLE, "start", "sgemm", "-p", "n=64", "--set", "powercap=500", "--dry-run");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly(
                        "command   wattline workload --seconds 600 --size 64 -o loadgen-logs",
                        "parameter n=64",
                        "parameter seconds=600",
                        "setting   powercap=500 by sudo -n nvidia-smi -pl 500");
    }

    @Test
    void whatTheConfigurationDoesNotAllowIsAUsageError() {
        Outcome outcome =
                CapturedStreams.run("agent", "-c", EXAMPLE, "start", "sgem", "--set", "powercap=100", "-p", "n=1");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err())
                .contains("there is no workload 'sgem'; did you mean 'sgemm'?; the configuration has bert-offline,"
                        + " gpu-gemm, gpu-load, sgemm")
                .contains("setting powercap: expected a whole number from 200 to 700, got '100'");
    }

    @Test
    void whatRunsBesideIsShownAndIsNoPartOfASubmission() {
        Outcome outcome = CapturedStreams.run(
                "agent", "-c", EXAMPLE, "start", "sgemm", "--with", "gpu-load@other", "--profile", "--dry-run");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("companion python3 /etc/wattline/gpu-gemm.py");

        for (String wrong : List.of("gpu-load@others", "gpu-laod", "sgemm", "gpu-load@other twice")) {
            assertThat(CapturedStreams.run(
                                    "agent", "-c", EXAMPLE, "start", "sgemm", "--with", wrong, "--profile", "--dry-run")
                            .exitCode())
                    .as(wrong)
                    .isEqualTo(ExitCode.USAGE.code());
        }
        assertThat(CapturedStreams.run("agent", "-c", EXAMPLE, "start", "sgemm", "--with", "gpu-load", "--dry-run")
                        .exitCode())
                .as("without --profile")
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void withoutTheLoopNothingIsHandedOver() {
        Outcome outcome = CapturedStreams.run("agent", "-c", EXAMPLE, "start", "sgemm");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("there is no loop to start the runner");
    }

    @Test
    void aNameThatIsGivenTwiceIsAUsageError() {
        Outcome outcome =
                CapturedStreams.run("agent", "-c", EXAMPLE, "start", "sgemm", "-p", "n=64", "-p", "n=128", "--dry-run");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("-p: n is given twice, as '64' and '128'");
    }
}
