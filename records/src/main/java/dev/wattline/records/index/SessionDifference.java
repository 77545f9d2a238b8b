package dev.wattline.records.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A value that two sessions do not share.
 *
 * @param key as in the index
 * @param first {@code -} where the session has none
 * @param second {@code -} where the session has none
 */
public record SessionDifference(String key, String first, String second) {
    /** Differ between any two sessions. */
    private static final Pattern ALWAYS =
            Pattern.compile("session|start|folder|bytes|seconds\\..*|peaks\\..*|tags|metric\\.(lo|hi)");

    /** What differs between the sessions in two folders, by key. */
    public static List<SessionDifference> between(Path one, Path other) {
        Map<String, String> first = flat(one);
        Map<String, String> second = flat(other);
        TreeSet<String> keys = new TreeSet<>(first.keySet());
        keys.addAll(second.keySet());
        List<SessionDifference> all = new ArrayList<>();
        for (String key : keys) {
            String left = first.getOrDefault(key, "-");
            String right = second.getOrDefault(key, "-");
            if (!left.equals(right) && !ALWAYS.matcher(key).matches()) {
                all.add(new SessionDifference(key, left, right));
            }
        }
        return all;
    }

    private static Map<String, String> flat(Path session) {
        Map<String, String> values = new TreeMap<>();
        Path folder = session.toAbsolutePath().normalize();
        flatten("", SessionEntry.of(Objects.requireNonNullElse(folder.getParent(), folder), folder, Map.of()), values);
        return values;
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, String> values) {
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                flatten(prefix + key + ".", below, values);
            } else {
                values.put(prefix + key, String.valueOf(value));
            }
        });
    }
}
