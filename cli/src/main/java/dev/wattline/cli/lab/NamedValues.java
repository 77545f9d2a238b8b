package dev.wattline.cli.lab;

import dev.wattline.cli.options.UsageException;
import dev.wattline.protocol.lab.JobOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code NAME=VALUE} says, several times, in the order in which it was given. */
final class NamedValues {
    private NamedValues() {}

    /**
     * Reads them.
     *
     * @param option that gave them
     * @throws UsageException if one is none, is there twice, or is longer than a value may be
     */
    static Map<String, String> of(String option, List<String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String one : given) {
            int sign = one.indexOf('=');
            if (sign <= 0) {
                throw new UsageException(option + ": expected NAME=VALUE, got '" + one + "'", null);
            }
            String name = one.substring(0, sign);
            String value = one.substring(sign + 1);
            if (value.length() > JobOrder.MAX_VALUE) {
                throw new UsageException(
                        option + ": the value of " + name + " has " + value.length()
                                + " characters; a value has at most " + JobOrder.MAX_VALUE,
                        null);
            }
            String before = values.putIfAbsent(name, value);
            if (before != null) {
                throw new UsageException(
                        option + ": " + name + " is given twice, as '" + before + "' and '" + value + "'",
                        "Give each name once.");
            }
        }
        return values;
    }
}
