package dev.wattline.cli;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wattline completion bash|zsh|fish}: prints the shell's completion of all commands and options. */
@Command(
        name = "completion",
        description = "Print the completion of commands and options for a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  eval \"$(wattline completion bash)\"     in this shell",
            "  wattline completion zsh > FILE         and in ~/.zshrc: source FILE",
            "  wattline completion fish > ~/.config/fish/completions/wattline.fish",
        })
final class CompletionCommand implements Callable<Integer> {
    /** The shells that have a completion. */
    enum Shell {
        bash,
        zsh,
        fish
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
        if (shell == Shell.fish) {
            printFish(all, out);
        } else {
            out.print(AutoComplete.bash("wattline", all));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    // picocli writes completions for bash only.
    private static void printFish(CommandLine all, PrintWriter out) {
        out.println("complete -c wattline -f -n __fish_use_subcommand -l help -s h -d 'Show the help'");
        out.println("complete -c wattline -f -n __fish_use_subcommand -l version -s V -d 'Show the version'");
        for (CommandLine command : all.getSubcommands().values()) {
            CommandSpec of = command.getCommandSpec();
            if (of.usageMessage().hidden()) {
                continue;
            }
            out.println("complete -c wattline -f -n __fish_use_subcommand -a " + of.name()
                    + describe(of.usageMessage().description()));
            for (OptionSpec option : of.options()) {
                if (!option.hidden()) {
                    out.println("complete -c wattline -n '__fish_seen_subcommand_from " + of.name() + "'"
                            + names(option) + values(option) + describe(option.description()));
                }
            }
        }
    }

    private static String names(OptionSpec option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            if (name.startsWith("--")) {
                text.append(" -l ").append(name.substring(2));
            } else {
                text.append(name.length() == 2 ? " -s " : " -o ").append(name.substring(1));
            }
        }
        return text.toString();
    }

    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        Iterable<String> candidates = option.completionCandidates();
        return candidates == null ? " -r" : " -x -a '" + String.join(" ", candidates) + "'";
    }

    // The first sentence is enough for one line of a menu.
    private static String describe(String... description) {
        if (description.length == 0) {
            return "";
        }
        String text =
                String.join(" ", description).replaceAll("%n|\\$\\{[^}]*}", " ").replace("%%", "%");
        int end = text.indexOf(". ");
        String sentence = (end < 0 ? text : text.substring(0, end + 1)).strip();
        return " -d '" + sentence.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
