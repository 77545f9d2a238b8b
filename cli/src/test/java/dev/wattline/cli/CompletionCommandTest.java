package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class CompletionCommandTest {

    @Test
    void bashCompletionNamesTheCommandsAndTheirOptions() {
        Outcome outcome = CapturedStreams.run("completion", "bash");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("#!").contains("_complete_wattline", "completion", "--stacktrace");
    }

    @Test
    void zshCompletionLoadsBashCompletionFirst() {
        assertThat(CapturedStreams.run("completion", "zsh").out().lines())
                .startsWith("autoload -U +X compinit && compinit", "autoload -U +X bashcompinit && bashcompinit");
    }

    @Test
    void fishCompletionNamesEachCommandAndItsOptions() {
        assertThat(CapturedStreams.run("completion", "fish").out().lines())
                .anyMatch(line -> line.contains("__fish_use_subcommand -a run"))
                .anyMatch(
                        line -> line.contains("__fish_seen_subcommand_from run'") && line.contains(" -l run-workload"))
                .noneMatch(line -> line.contains("warm-up"));
    }

    @Test
    void unknownShellIsAnErrorThatListsTheKnown() {
        Outcome outcome = CapturedStreams.run("completion", "tcsh");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("bash", "zsh", "fish");
    }
}
