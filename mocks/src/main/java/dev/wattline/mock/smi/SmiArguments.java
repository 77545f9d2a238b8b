package dev.wattline.mock.smi;

import dev.wattline.mock.InvalidOptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * nvidia-smi's own command line, as far as it is known here: one of {@code --query-gpu}, {@code -L},
 * {@code --help-query-gpu}, {@code --version}, and what goes with a query.
 *
 * @param action what to do
 * @param fields names asked for, in order
 * @param header whether the first line names the columns
 * @param units whether cells carry their unit
 * @param interval time between two rounds; empty for one round
 * @param file where to write; empty for standard output
 * @param cards indices or uuids of the cards asked for; empty for all
 */
public record SmiArguments(
        Action action,
        List<String> fields,
        boolean header,
        boolean units,
        Optional<Duration> interval,
        Optional<Path> file,
        Set<String> cards) {

    /** What nvidia-smi is asked to do. */
    public enum Action {
        QUERY,
        LIST,
        HELP_QUERY,
        VERSION
    }

    public SmiArguments {
        fields = List.copyOf(fields);
        cards = new LinkedHashSet<>(cards);
    }

    /**
     * Reads a command line.
     *
     * @throws InvalidOptionException if nvidia-smi would not take it, or it is more than the stand-in knows
     */
    public static SmiArguments parse(List<String> arguments) {
        Parser parser = new Parser(arguments);
        return parser.parse();
    }

    private static final class Parser {
        private final List<String> left;
        private Action action = Action.QUERY;
        private List<String> fields = List.of();
        private List<String> format = List.of();
        private Optional<Duration> interval = Optional.empty();
        private Optional<Path> file = Optional.empty();
        private final Set<String> cards = new LinkedHashSet<>();

        Parser(List<String> arguments) {
            this.left = new ArrayList<>(arguments);
        }

        SmiArguments parse() {
            while (!left.isEmpty()) {
                option(left.remove(0));
            }
            if (action == Action.QUERY) {
                require(!fields.isEmpty(), "nothing is asked for: give --query-gpu=FIELD[,FIELD...]");
                require(format.contains("csv"), "a query needs --format=csv[,noheader][,nounits]");
            }
            return new SmiArguments(
                    action, fields, !format.contains("noheader"), !format.contains("nounits"), interval, file, cards);
        }

        private void option(String option) {
            int equals = option.startsWith("--") ? option.indexOf('=') : -1;
            String name = equals < 0 ? option : option.substring(0, equals);
            switch (name) {
                case "--query-gpu" -> fields = list(value(option, equals));
                case "--format" -> {
                    format = list(value(option, equals));
                    for (String word : format) {
                        require(
                                Set.of("csv", "noheader", "nounits").contains(word),
                                "\"" + word + "\" is not a valid format");
                    }
                }
                case "-l", "--loop" -> interval = Optional.of(interval(name, value(option, equals), 1000));
                case "-lms", "--loop-ms" -> interval = Optional.of(interval(name, value(option, equals), 1));
                case "-f", "--filename" -> file = Optional.of(Path.of(value(option, equals)));
                case "-i", "--id" -> cards.addAll(list(value(option, equals)));
                case "-L", "--list-gpus" -> action = Action.LIST;
                case "--help-query-gpu" -> action = Action.HELP_QUERY;
                case "--version" -> action = Action.VERSION;
                default ->
                    throw new InvalidOptionException(
                            "Option \"" + option + "\" is not recognized.",
                            "Known: --query-gpu, --format, -l, -lms, -f, -i, -L, --help-query-gpu, --version.");
            }
        }

        private String value(String option, int equals) {
            if (equals >= 0) {
                return option.substring(equals + 1);
            }
            require(!left.isEmpty(), option + " needs a value");
            return left.remove(0);
        }

        private static List<String> list(String value) {
            return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        }

        private static Duration interval(String option, String text, int unitMillis) {
            require(
                    text.matches("\\d{1,7}") && Integer.parseInt(text) > 0,
                    option + " expects a whole number of " + (unitMillis == 1 ? "milliseconds" : "seconds")
                            + " from 1 to 9999999, got '" + text + "'");
            return Duration.ofMillis((long) Integer.parseInt(text) * unitMillis);
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new InvalidOptionException(message, null);
            }
        }
    }
}
