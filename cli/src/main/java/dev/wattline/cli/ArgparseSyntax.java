package dev.wattline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line of the reference's client or server as Python's argparse reads it: options may be shortened as long as
 * they are unambiguous, values may stand behind {@code =} or be attached to a short option, and flags be joined. What it
 * has read is written in full, {@code --option=value}, for picocli, which knows none of that. Source: {@code
 * _parse_optional} and {@code _get_option_tuples} of argparse in Python 3.11.
 *
 * <p>A shortened option means one of the reference's where there is one, so that a script for the reference means the
 * same here, and otherwise one of ours.
 */
final class ArgparseSyntax {
    private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-\\d+|-\\d*\\.\\d+");

    /** The options of {@code client.py}, in its order. */
    static final ArgparseSyntax CLIENT = new ArgparseSyntax(List.of(
            flag("-h", "--help"),
            value("-a", "--addr"),
            value("-w", "--run-workload"),
            value("-L", "--loadgen-logs"),
            value("-o", "--output"),
            value("-n", "--ntp"),
            flag("-T", "--no-timestamp-path"),
            flag("-t", "--timestamp-path"),
            value("-p", "--port"),
            value("-l", "--label"),
            flag("-f", "--force"),
            flag("-S", "--stop-server"),
            value("-A", "--max-amps"),
            value("-V", "--max-volts")));

    /** The options of {@code server.py}, in its order. */
    static final ArgparseSyntax SERVER =
            new ArgparseSyntax(List.of(flag("-h", "--help"), value("-c", "--configurationFile")));

    private final List<Known> reference;

    /** One of the reference's options. */
    private record Known(String shortName, String longName, boolean takesValue) {
        String both() {
            return "argument " + shortName + "/" + longName;
        }
    }

    /**
     * What an argument was found to be.
     *
     * @param option the reference's option, or null for one that only this program has
     * @param ours that option's name, or an unknown one
     * @param explicit the value in the same argument
     */
    private record Match(@Nullable Known option, String ours, Optional<String> explicit) {}

    /** The command line cannot be read. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1;

        SyntaxException(String message) {
            super(message);
        }
    }

    private ArgparseSyntax(List<Known> reference) {
        this.reference = reference;
    }

    private static Known flag(String shortName, String longName) {
        return new Known(shortName, longName, false);
    }

    private static Known value(String shortName, String longName) {
        return new Known(shortName, longName, true);
    }

    /** How the command of this name reads its command line; empty for one that the reference does not have. */
    static Optional<ArgparseSyntax> of(String command) {
        return switch (command) {
            case "run" -> Optional.of(CLIENT);
            case "director" -> Optional.of(SERVER);
            default -> Optional.empty();
        };
    }

    /**
     * Writes the arguments in full.
     *
     * @param command the command with all options that this program has
     * @throws SyntaxException in argparse's words
     */
    List<String> inFull(CommandSpec command, List<String> arguments) throws SyntaxException {
        List<String> full = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                full.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            Match match = match(command, argument).orElse(null);
            if (match == null) {
                full.add(argument);
            } else if (match.option() == null) {
                full.add(match.ours() + match.explicit().map(text -> "=" + text).orElse(""));
                OptionSpec ours = command.findOption(match.ours());
                if (ours != null && ours.arity().max() > 0 && match.explicit().isEmpty() && i + 1 < arguments.size()) {
                    full.add(arguments.get(++i)); // its value, whatever that looks like, is picocli's business
                }
            } else if (!match.option().takesValue()) {
                addFlags(match.option(), match.explicit(), argument, full);
                String left = joined(match, argument);
                if (!left.isEmpty()) {
                    return withFirst(command, full, left, arguments.subList(i + 1, arguments.size()));
                }
            } else if (match.explicit().isPresent()) {
                full.add(match.option().longName() + "=" + match.explicit().get());
            } else if (i + 1 < arguments.size() && isValue(command, arguments.get(i + 1))) {
                full.add(match.option().longName() + "=" + arguments.get(++i));
            } else {
                throw new SyntaxException(match.option().both() + ": expected one argument");
            }
        }
        return full;
    }

    private static void addFlags(Known flag, Optional<String> explicit, String argument, List<String> full)
            throws SyntaxException {
        if (explicit.isPresent() && (argument.startsWith("--") || explicit.get().isEmpty())) {
            throw new SyntaxException(flag.both() + ": ignored explicit argument '" + explicit.get() + "'");
        }
        full.add(flag.longName());
    }

    /** What follows a short flag in the same argument: another short option, {@code -fS} being {@code -f -S}. */
    private String joined(Match match, String argument) throws SyntaxException {
        String rest = match.explicit().orElse("");
        if (rest.isEmpty()) {
            return "";
        }
        boolean known = reference.stream()
                .anyMatch(option -> option.shortName().charAt(1) == rest.charAt(0) && argument.startsWith("-"));
        Known flag = match.option();
        if (!known && flag != null) {
            throw new SyntaxException(flag.both() + ": ignored explicit argument '" + rest + "'");
        }
        return "-" + rest;
    }

    private List<String> withFirst(CommandSpec command, List<String> full, String first, List<String> rest)
            throws SyntaxException {
        List<String> next = new ArrayList<>(List.of(first));
        next.addAll(rest);
        full.addAll(inFull(command, next));
        return full;
    }

    /** Whether argparse takes the argument for an option's value. */
    private boolean isValue(CommandSpec command, String argument) throws SyntaxException {
        return !argument.equals("--") && match(command, argument).isEmpty();
    }

    /** Which option the argument is; empty for a value. */
    private Optional<Match> match(CommandSpec command, String argument) throws SyntaxException {
        if (!argument.startsWith("-") || argument.equals("-")) {
            return Optional.empty();
        }
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        Optional<String> explicit = equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
        Optional<Known> exact = reference.stream()
                .filter(option ->
                        option.shortName().equals(name) || option.longName().equals(name))
                .findFirst();
        if (exact.isPresent()) {
            return Optional.of(new Match(exact.get(), name, explicit));
        }
        if (command.findOption(name) != null) {
            return Optional.of(new Match(null, name, explicit));
        }
        if (!argument.startsWith("--")) {
            Predicate<Known> attached = option -> option.shortName().equals(argument.substring(0, 2));
            Optional<Known> option = reference.stream().filter(attached).findFirst();
            if (option.isPresent()) {
                return Optional.of(new Match(option.get(), name, Optional.of(argument.substring(2))));
            }
        } else {
            Optional<Match> shortened = shortened(command, argument, name, explicit);
            if (shortened.isPresent()) {
                return shortened;
            }
        }
        boolean isValue = NEGATIVE_NUMBER.matcher(argument).matches() || argument.contains(" ");
        return isValue ? Optional.empty() : Optional.of(new Match(null, argument, Optional.empty()));
    }

    private Optional<Match> shortened(CommandSpec command, String argument, String name, Optional<String> explicit)
            throws SyntaxException {
        List<Known> theirs = reference.stream()
                .filter(option -> option.longName().startsWith(name))
                .toList();
        if (theirs.size() == 1) {
            return Optional.of(new Match(theirs.get(0), name, explicit));
        }
        List<String> ours = theirs.isEmpty()
                ? command.options().stream()
                        .map(OptionSpec::longestName)
                        .filter(option -> option.startsWith(name))
                        .toList()
                : theirs.stream().map(Known::longName).toList();
        if (ours.size() > 1) {
            throw new SyntaxException("ambiguous option: " + argument + " could match " + String.join(", ", ours));
        }
        return ours.stream().map(option -> new Match(null, option, explicit)).findFirst();
    }
}
