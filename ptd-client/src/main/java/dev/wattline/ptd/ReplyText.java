package dev.wattline.ptd;

import java.util.ArrayList;
import java.util.List;

/** How replies are read: each method gives what was asked for or throws {@link IllegalArgumentException}. */
final class ReplyText {
    private ReplyText() {}

    /** The line, which must be this text; blanks at its ends do not matter. */
    static String exactly(String expected, PtdReply reply) {
        String line = line(reply);
        if (!line.equals(expected)) {
            throw new IllegalArgumentException("expected '" + expected + "'");
        }
        return line;
    }

    /** The line, which must match this pattern as a whole. */
    static String matching(String pattern, PtdReply reply) {
        String line = line(reply);
        if (!line.matches(pattern)) {
            throw new IllegalArgumentException("expected text that matches '" + pattern + "'");
        }
        return line;
    }

    /** The line, whatever it says, unless it is a refusal or empty. */
    static String unlessRefused(PtdReply reply) {
        String line = line(reply);
        if (line.isEmpty() || Rejection.of(line).isPresent()) {
            throw new IllegalArgumentException("expected a confirmation");
        }
        return line;
    }

    /** The rows, which must have been announced. */
    static SampleRows rows(PtdReply reply) {
        if (!reply.hasRows()) {
            throw new IllegalArgumentException("expected 'Last <n> samples' and the samples");
        }
        return reply.samples();
    }

    /** A record of a name and one group of fields, as {@link #groups} gives it; more groups are an error. */
    static String onlyGroup(String name, int fields, PtdReply reply) {
        List<String> groups = groups(name, fields, reply);
        if (groups.size() != 1) {
            throw new IllegalArgumentException("expected one group of " + fields + " fields behind '" + name + "', got "
                    + groups.size() + " groups");
        }
        return groups.get(0);
    }

    /**
     * Splits {@code <name>,<group>[,<group>...]}, the form of the replies for several channels, into records of one group
     * each, {@code <name>,<group>}. The name may stand before each group.
     *
     * @param fields number of fields in a group
     */
    static List<String> groups(String name, int fields, PtdReply reply) {
        String[] parts = line(reply).split(",", -1);
        if (!parts[0].equals(name)) {
            throw new IllegalArgumentException("expected '" + name + "' and " + fields + " fields a channel");
        }
        List<String> groups = new ArrayList<>();
        int at = 1;
        while (at < parts.length) {
            if (parts[at].equals(name)) {
                at++;
            }
            if (parts.length - at < fields) {
                break;
            }
            groups.add(name + "," + String.join(",", List.of(parts).subList(at, at + fields)));
            at += fields;
        }
        if (groups.isEmpty() || at != parts.length) {
            throw new IllegalArgumentException("expected " + fields + " fields a channel behind '" + name + "', got "
                    + (parts.length - 1) + " fields");
        }
        return groups;
    }

    private static String line(PtdReply reply) {
        return reply.line().strip();
    }
}
