package dev.wattline.records.query;

import dev.wattline.model.NearestName;
import dev.wattline.records.RecordsException;
import dev.wattline.records.json.IndexScan;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Questions to an index. A key is one of the index, dotted, or the bare name of a parameter, a setting or a fact of the
 * machine: {@code gpus} is {@code params.gpus}, else {@code settings.gpus}, else {@code machine.gpus}. Not safe for use by
 * several threads.
 */
public final class ResultQuery {
    private static final List<String> FAMILIES = List.of("", "params.", "settings.", "machine.");

    private final IndexScan scan;
    private final Path file;
    private final List<Condition> where;

    /** @param where what must hold of a session */
    public ResultQuery(Path file, List<Condition> where) {
        this.file = file;
        this.scan = new IndexScan(file);
        this.where = List.copyOf(where);
    }

    /** How many lines of the index are no JSON and were passed over. */
    public int damaged() {
        return scan.damaged();
    }

    /**
     * Gives the values of some keys of each session for which all conditions hold; a value that a session does not have is
     * null.
     */
    public void each(List<String> keys, Consumer<@Nullable String[]> visitor) {
        scan(keys, List.of(), List.of(where), (set, row) -> visitor.accept(row));
    }

    private interface SetVisitor {
        void row(int set, @Nullable String[] row);
    }

    /**
     * Gives a session's values once for each set of conditions that all hold for it.
     *
     * @param required keys that some session must have, beside those of the conditions
     */
    private void scan(List<String> keys, List<String> required, List<List<Condition>> sets, SetVisitor visitor) {
        Columns columns = new Columns();
        int[][] wanted = keys.stream().map(columns::add).toArray(int[][]::new);
        List<int[][]> tested = sets.stream()
                .map(set -> set.stream().map(Condition::key).map(columns::add).toArray(int[][]::new))
                .toList();
        scan.rows(columns.names, row -> {
            columns.mark(row);
            for (int set = 0; set < sets.size(); set++) {
                if (hold(sets.get(set), tested.get(set), row)) {
                    @Nullable String[] values = new @Nullable String[wanted.length];
                    for (int i = 0; i < wanted.length; i++) {
                        values[i] = Columns.value(row, wanted[i]);
                    }
                    visitor.row(set, values);
                }
            }
        });
        requireKnown(
                Stream.concat(
                                required.stream(),
                                sets.stream().flatMap(List::stream).map(Condition::key))
                        .toList(),
                columns);
    }

    private static boolean hold(List<Condition> all, int[][] tested, @Nullable String[] row) {
        for (int i = 0; i < tested.length; i++) {
            if (!all.get(i).holds(Columns.value(row, tested[i]))) {
                return false;
            }
        }
        return true;
    }

    /** The last so many sessions. */
    public List<@Nullable String[]> last(int number, List<String> keys) {
        Deque<@Nullable String[]> rows = new ArrayDeque<>();
        each(keys, row -> {
            rows.add(row);
            if (rows.size() > number) {
                rows.remove();
            }
        });
        return new ArrayList<>(rows);
    }

    /**
     * The numbers of one key by the values of others, {@code -} for a value that a session does not have; groups are in the
     * order of their values.
     */
    public Map<List<String>, double[]> groups(List<String> by, String metric) {
        return groups(by, metric, List.of(where)).get(0);
    }

    /** The same of the sessions of this query and of those for which other conditions hold, by one reading of the index. */
    public List<Map<List<String>, double[]>> groupsBeside(List<Condition> other, List<String> by, String metric) {
        return groups(by, metric, List.of(where, other));
    }

    private List<Map<List<String>, double[]>> groups(List<String> by, String metric, List<List<Condition>> sets) {
        List<Map<List<String>, Values>> groups = sets.stream()
                .map(set -> (Map<List<String>, Values>) new HashMap<List<String>, Values>())
                .toList();
        List<String> keys = new ArrayList<>(by);
        keys.add(metric);
        scan(keys, keys, sets, (set, row) -> {
            String value = row[by.size()];
            double number = value == null ? Double.NaN : Condition.number(value);
            if (!Double.isNaN(number)) {
                List<String> group = new ArrayList<>(by.size());
                for (int i = 0; i < by.size(); i++) {
                    String part = row[i];
                    group.add(part == null ? "-" : part);
                }
                groups.get(set).computeIfAbsent(group, key -> new Values()).add(number);
            }
        });
        return groups.stream().map(ResultQuery::sorted).toList();
    }

    private static Map<List<String>, double[]> sorted(Map<List<String>, Values> groups) {
        Map<List<String>, double[]> all = new TreeMap<>(ResultQuery::inOrder);
        groups.forEach((group, values) -> all.put(group, values.toArray()));
        return all;
    }

    private static int inOrder(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            double a = Condition.number(one.get(i));
            double b = Condition.number(other.get(i));
            int order = !Double.isNaN(a) && !Double.isNaN(b) && a != b
                    ? Double.compare(a, b)
                    : one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** A key that no session has is a slip of the pen. */
    private void requireKnown(Collection<String> keys, Columns columns) {
        for (String key : keys) {
            if (columns.isKnown(key) || columns.rows == 0) {
                continue;
            }
            Set<String> all = new HashSet<>(scan.keys());
            FAMILIES.forEach(family -> List.copyOf(all).stream()
                    .filter(name -> !family.isEmpty() && name.startsWith(family))
                    .forEach(name -> all.add(name.substring(family.length()))));
            if (all.contains(key)) {
                continue; // of a session that superseded lines hid, or one that no condition reached
            }
            throw new RecordsException(
                    "no session of " + file + " has the key '" + key + "'" + NearestName.question(key, all),
                    "'wattline results --keys' lists the keys.",
                    null);
        }
    }

    /** All keys that some session has. */
    public Set<String> keys() {
        return scan.keys();
    }

    /** The columns to ask the index for: each key in all families in which it may be. */
    private static final class Columns {
        private final List<String> names = new ArrayList<>();
        private boolean[] seen = {};
        private long rows;

        int[] add(String key) {
            List<String> candidates = key.contains(".")
                    ? List.of(key)
                    : FAMILIES.stream().map(family -> family + key).toList();
            return candidates.stream()
                    .mapToInt(name -> {
                        if (!names.contains(name)) {
                            names.add(name);
                        }
                        return names.indexOf(name);
                    })
                    .toArray();
        }

        void mark(@Nullable String[] row) {
            rows++;
            if (seen.length == 0) {
                seen = new boolean[row.length];
            }
            for (int i = 0; i < row.length; i++) {
                seen[i] |= row[i] != null;
            }
        }

        boolean isKnown(String key) {
            for (int slot : add(key)) {
                if (slot < seen.length && seen[slot]) {
                    return true;
                }
            }
            return false;
        }

        static @Nullable String value(@Nullable String[] row, int[] slots) {
            for (int slot : slots) {
                if (row[slot] != null) {
                    return row[slot];
                }
            }
            return null;
        }
    }

    /** Numbers without boxes. */
    private static final class Values {
        private double[] values = new double[8];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        double[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
