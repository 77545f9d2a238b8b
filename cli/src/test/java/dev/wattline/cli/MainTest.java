package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_OUT)
class MainTest {

    @Test
    void noArgumentsShowsTheCommandsAndFails() {
        Outcome outcome = CapturedStreams.run();

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("Usage: wattline", "completion");
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpListsEveryCommandButTheHiddenOnes(String argument) {
        Outcome outcome = CapturedStreams.run(argument);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Usage: wattline", "completion").doesNotContain("warm-up");
    }

    @Test
    void unknownCommandIsNamedWithWhereTheHelpIs() {
        Outcome outcome = CapturedStreams.run("mesure");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err().lines()).contains("wattline: there is no command 'mesure'", "Try 'wattline --help'.");
    }

    @Test
    void misspeltCommandIsAnsweredWithTheNearest() {
        assertThat(CapturedStreams.run("complete").err()).contains("Did you mean", "completion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--version", "-x"})
    void unknownCommandIsAnErrorWhateverFollowsIt(String argument) {
        Outcome outcome = CapturedStreams.run("chek", argument);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("there is no command 'chek'", "check");
    }

    @Test
    void unknownOptionOfACommandIsNamed() {
        Outcome outcome = CapturedStreams.run("completion", "bash", "--frobnicate");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err().lines())
                .contains("wattline completion: there is no option --frobnicate", "Try 'wattline completion --help'.");
    }

    @Test
    void versionNamesTheCommitOrSaysThatItIsUnknown() {
        Outcome outcome = CapturedStreams.run("--version");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().strip())
                .matches("wattline [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)? \\(([0-9a-f]{12,}(-dirty)?|unknown)\\)");
        assertThat(CapturedStreams.run("completion", "--version").out()).isEqualTo(outcome.out());
    }
}
