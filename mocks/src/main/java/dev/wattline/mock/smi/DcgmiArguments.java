package dev.wattline.mock.smi;

import dev.wattline.mock.InvalidOptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * dcgmi's command line, as far as it is known here: {@code discovery -l}, and {@code dmon} for the cards' power and energy.
 *
 * @param lists whether the cards are to be listed, rather than read
 * @param fields ids of the fields asked for, in order
 * @param delay between two groups of rows
 * @param count groups of rows; 0 for as many as there is time for
 * @param cards indices of the cards asked for; empty for all
 */
public record DcgmiArguments(boolean lists, List<Integer> fields, Duration delay, int count, Set<String> cards) {
    static final int AVERAGE_WATTS = 155;
    static final int ENERGY = 156;
    static final int INSTANT_WATTS = 157;

    private static final Set<Integer> KNOWN = Set.of(AVERAGE_WATTS, ENERGY, INSTANT_WATTS);
    private static final Set<String> ACTIONS = Set.of("dmon", "discovery");

    /** dcgmi's long names of its options. */
    private static final Map<String, String> LONG =
            Map.of("--field-id", "-e", "--delay", "-d", "--count", "-c", "--gpu-id", "-i");

    public DcgmiArguments {
        fields = List.copyOf(fields);
        cards = new LinkedHashSet<>(cards);
    }

    /** Whether a command line is dcgmi's, and not nvidia-smi's. */
    public static boolean isDcgmi(List<String> arguments) {
        return !arguments.isEmpty() && ACTIONS.contains(arguments.get(0));
    }

    /**
     * Reads a command line.
     *
     * @throws InvalidOptionException if dcgmi would not take it, or it is more than the stand-in knows
     */
    public static DcgmiArguments parse(List<String> arguments) {
        if (arguments.get(0).equals("discovery")) {
            require(arguments.equals(List.of("discovery", "-l")), "discovery: expected -l, to list the cards");
            return new DcgmiArguments(true, List.of(), Duration.ZERO, 0, Set.of());
        }
        List<Integer> fields = new ArrayList<>();
        Duration delay = Duration.ofSeconds(1);
        int count = 0;
        Set<String> cards = new LinkedHashSet<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            String option = LONG.getOrDefault(arguments.get(i), arguments.get(i));
            require(
                    LONG.containsValue(option),
                    "dmon: unknown option '" + arguments.get(i) + "'; known: -e FIELDS, -d MS, -c N, -i CARDS");
            require(i + 1 < arguments.size(), "dmon: " + option + " needs a value");
            String value = arguments.get(i + 1);
            switch (option) {
                case "-e" -> Arrays.stream(value.split(",", -1)).forEach(id -> fields.add(field(id)));
                case "-d" -> delay = Duration.ofMillis(number("-d", value, 1, "milliseconds"));
                case "-c" -> count = number("-c", value, 0, "groups of rows");
                default -> cards.addAll(Arrays.asList(value.split(",", -1)));
            }
        }
        require(!fields.isEmpty(), "dmon: nothing is asked for: give -e 156");
        return new DcgmiArguments(false, fields, delay, count, cards);
    }

    private static int field(String id) {
        require(
                id.matches("\\d{1,4}") && KNOWN.contains(Integer.valueOf(id)),
                "dmon: field '" + id + "' is not known here; known: 155 (W, average), 156 (mJ), 157 (W, instant)");
        return Integer.parseInt(id);
    }

    private static int number(String option, String text, int least, String what) {
        require(
                text.matches("\\d{1,8}") && Integer.parseInt(text) >= least,
                "dmon: " + option + " expects a whole number of " + what + " from " + least + ", got '" + text + "'");
        return Integer.parseInt(text);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidOptionException(message, null);
        }
    }
}
