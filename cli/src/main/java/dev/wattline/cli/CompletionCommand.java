package dev.wattline.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wattline completion bash|zsh}: prints the shell's completion of all commands and options. */
@Command(
        name = "completion",
        description = "Print the completion of commands and options for a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  eval \"$(wattline completion bash)\"     in this shell",
            "  wattline completion zsh > FILE         and in ~/.zshrc: source FILE",
        })
final class CompletionCommand implements Callable<Integer> {
    /** The shells that have a completion. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(index = "0", paramLabel = "SHELL", description = "The shell: ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.zsh) {
            // The script below is bash's; zsh runs it once these are loaded. The script tests for the same itself, but
            // only when it is sourced with compinit not yet run.
            out.println("autoload -U +X compinit && compinit");
            out.println("autoload -U +X bashcompinit && bashcompinit");
        }
        CommandLine all = Main.all();
        out.print(AutoComplete.bash("wattline", all));
        out.flush();
        return ExitCode.OK.code();
    }
}
