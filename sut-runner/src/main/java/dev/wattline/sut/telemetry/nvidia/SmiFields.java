package dev.wattline.sut.telemetry.nvidia;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which fields to ask nvidia-smi for: of those that say something about power, the ones that the installed one knows. */
final class SmiFields {
    static final String AVERAGE = "power.draw.average";

    /** How the fields of a superchip's power begin. */
    static final String MODULE = "module.power.draw";

    /** Whether a card is divided into instances. */
    static final String MIG = "mig.mode.current";

    /** In the order of the log's columns; of alternatives, which drivers have renamed, the first known one is taken. */
    private static final List<List<String>> WANTED = List.of(
            List.of("timestamp"),
            List.of("index"),
            List.of("uuid"),
            List.of("name"),
            List.of("power.draw"),
            List.of(AVERAGE),
            List.of("power.draw.instant"),
            List.of(MODULE + ".average"), // of a Grace superchip: GPU, processor and memory together
            List.of(MODULE + ".instant"),
            List.of("power.limit"),
            List.of("enforced.power.limit"),
            List.of("clocks.sm", "clocks.current.sm"),
            List.of("clocks.mem", "clocks.current.memory"),
            List.of("temperature.gpu"),
            List.of("temperature.memory"),
            List.of("utilization.gpu"),
            List.of("utilization.memory"),
            List.of("pstate"),
            List.of("memory.used"),
            List.of("clocks_event_reasons.active", "clocks_throttle_reasons.active"));

    /** A help entry begins with the field's names in quotes: {@code "clocks.current.sm" or "clocks.sm"}. */
    private static final Pattern QUOTED = Pattern.compile("\"([a-z0-9_.]+)\"");

    private static final Pattern REFUSED = Pattern.compile("Field \"([^\"]+)\" is not a valid field to query");

    private SmiFields() {}

    /** The fields to ask for, given what {@code --help-query-gpu} prints. */
    static List<String> choose(String help) {
        Set<String> known = new LinkedHashSet<>();
        help.lines().filter(line -> line.startsWith("\"")).forEach(line -> {
            Matcher name = QUOTED.matcher(line);
            while (name.find()) {
                known.add(name.group(1));
            }
        });
        List<String> chosen = new ArrayList<>();
        for (List<String> alternatives : WANTED) {
            alternatives.stream().filter(known::contains).findFirst().ifPresent(chosen::add);
        }
        return chosen;
    }

    /** Whether the program knows a field, given what {@code --help-query-gpu} prints. */
    static boolean knows(String help, String field) {
        return help.lines().anyMatch(line -> line.startsWith("\"") && line.contains("\"" + field + "\""));
    }

    /** The field that nvidia-smi refuses in a query's output; empty if it refuses none. */
    static String refused(String output) {
        Matcher refused = REFUSED.matcher(output);
        return refused.find() ? refused.group(1) : "";
    }
}
