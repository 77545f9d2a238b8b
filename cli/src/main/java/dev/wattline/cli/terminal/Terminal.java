package dev.wattline.cli.terminal;

import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What stands behind stdout and stderr. The launcher script, for which the answer is free, tells it in system
 * properties; without it neither counts as a terminal, for Java itself cannot tell one stream from the other.
 *
 * @param out     whether stdout is a terminal
 * @param err     whether stderr is a terminal
 * @param columns its width in characters, at least 20
 * @param colour  whether it may be sent colours: not if {@code NO_COLOR} is set or {@code TERM} is {@code dumb}
 * @param cursor  whether it may be sent cursor movements: not if {@code TERM} is {@code dumb}
 */
public record Terminal(boolean out, boolean err, int columns, boolean colour, boolean cursor) {
    private static final int USUAL_COLUMNS = 120; // an example that is broken in two cannot be copied
    private static final int LEAST_COLUMNS = 20;

    /** That of this process. */
    public static Terminal ofThisProcess() {
        return of(System.getProperties(), System.getenv());
    }

    static Terminal of(Properties properties, Map<String, String> environment) {
        List<String> streams =
                List.of(properties.getProperty("wattline.terminal", "").split(",", -1));
        // https://no-color.org: set and not empty.
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                streams.contains("out"),
                streams.contains("err"),
                columns(properties.getProperty("wattline.columns", "")),
                wanted && !dumb,
                !dumb);
    }

    private static int columns(String told) {
        if (!told.matches("[0-9]{1,5}")) {
            return USUAL_COLUMNS;
        }
        int columns = Integer.parseInt(told);
        return columns == 0 ? USUAL_COLUMNS : Math.max(LEAST_COLUMNS, columns);
    }
}
