package dev.wattline.records.index;

import dev.wattline.model.IoErrors;
import dev.wattline.records.RecordsException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What people called sessions. A tag of this name with a minus sign before it takes it away again. */
public final class Tags {
    private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private Tags() {}

    /**
     * Whether a text may be a tag.
     *
     * @throws IllegalArgumentException if not
     */
    public static void require(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "expected a tag of small letters, digits, '.', '_' and '-', at most 63, got '" + tag + "'");
        }
    }

    /** Gives a session a tag, or takes it away. */
    public static void set(IndexFile index, String session, String tag, boolean given) {
        require(tag);
        index.appendTag(session + "\t" + (given ? "" : "-") + tag);
    }

    /** The tags of all sessions that have some. */
    public static Map<String, Set<String>> read(IndexFile index) {
        Map<String, Set<String>> all = new HashMap<>();
        try {
            if (Files.exists(index.tags())) {
                for (String line : Files.readAllLines(index.tags())) {
                    List<String> parts = List.of(line.split("\t", -1));
                    if (parts.size() == 2 && parts.get(1).startsWith("-")) {
                        all.getOrDefault(parts.get(0), new TreeSet<>())
                                .remove(parts.get(1).substring(1));
                    } else if (parts.size() == 2 && TAG.matcher(parts.get(1)).matches()) {
                        all.computeIfAbsent(parts.get(0), key -> new TreeSet<>())
                                .add(parts.get(1));
                    }
                }
            }
            return all;
        } catch (IOException e) {
            throw new RecordsException("cannot read " + index.tags() + ": " + IoErrors.of(e), null, e);
        }
    }
}
