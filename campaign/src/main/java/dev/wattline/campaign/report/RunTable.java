package dev.wattline.campaign.report;

import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.Standing;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.records.query.GroupStatistics;
import dev.wattline.records.query.OrderTrend;
import dev.wattline.records.query.ResultQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's run table: a row for each cell repeat, in the order in which they are measured, with what the index says of
 * its session.
 *
 * @param metrics the keys of the index
 * @param rows the rows
 */
public record RunTable(List<String> metrics, List<Row> rows) {
    private static final String INFORMAL = "informal.";
    private static final String ENERGY = ".energyJ";
    private static final String DRIFT = "power.drift";

    /**
     * A row.
     *
     * @param values of the metrics; NaN where there is none
     * @param halfWidths half of each value's own 95 % interval, of the instrument; NaN where it has none
     * @param farOff which of these values are far from the cell's others; they count all the same
     * @param drift share by which power changed within the session, from its first minute to its last; NaN where not known
     */
    @SuppressWarnings("ArrayRecordComponent") // no row is ever compared
    public record Row(
            CellRepeat what,
            Cell cell,
            Standing standing,
            double[] values,
            double[] halfWidths,
            boolean[] farOff,
            double drift) {
        /** Whether the session counts. */
        public boolean isValid() {
            return standing.status() == Standing.Status.VALID;
        }
    }

    public RunTable {
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
    }

    /**
     * Of a campaign.
     *
     * @param index the file of the index; need not be there
     */
    public static RunTable of(CampaignCells cells, CampaignState state, Path index, List<String> metrics) {
        Map<String, double[]> known = known(index, metrics);
        List<Row> rows = new ArrayList<>();
        state.standings().forEach((what, standing) -> {
            double[] none = new double[2 * metrics.size() + 1];
            Arrays.fill(none, Double.NaN);
            Cell cell = Objects.requireNonNull(cells.byKey().get(what.cell()));
            double[] values = known.getOrDefault(standing.session(), none);
            rows.add(new Row(
                    what,
                    cell,
                    standing,
                    Arrays.copyOf(values, metrics.size()),
                    Arrays.copyOfRange(values, metrics.size(), 2 * metrics.size()),
                    new boolean[metrics.size()],
                    values[2 * metrics.size()]));
        });
        RunTable table = new RunTable(metrics, rows);
        table.flag();
        return table;
    }

    private static Map<String, double[]> known(Path index, List<String> metrics) {
        Map<String, double[]> all = new HashMap<>();
        if (Files.exists(index)) {
            List<String> keys = new ArrayList<>(List.of("session"));
            keys.addAll(metrics);
            metrics.forEach(metric -> keys.addAll(List.of(sibling(metric, "lo"), sibling(metric, "hi"))));
            keys.add(DRIFT);
            new ResultQuery(index, List.of()).each(keys, row -> {
                String session = row[0];
                if (session != null) {
                    int number = metrics.size();
                    double[] values = new double[2 * number + 1];
                    values[2 * number] = number(row[keys.size() - 1]);
                    for (int i = 0; i < number; i++) {
                        values[i] = number(row[i + 1]);
                        int low = number + 1 + 2 * i;
                        values[number + i] = hasInterval(metrics.get(i))
                                ? (number(row[low + 1]) - number(row[low])) / 2
                                : Double.NaN;
                    }
                    all.put(session, values);
                }
            });
        }
        return all;
    }

    /** Of an analyzer's session the metric has an interval of its own, of others each energy. */
    private static boolean hasInterval(String metric) {
        return metric.equals("metric.value") || (metric.startsWith(INFORMAL) && metric.endsWith(ENERGY));
    }

    private static String sibling(String metric, String name) {
        return metric.substring(0, metric.lastIndexOf('.') + 1) + name;
    }

    /**
     * What the table of a campaign without analyzer is about: the plan's metrics that such sessions can have, else the energy by
     * each scope and source that one of its sessions has.
     *
     * @param index the file of the index; need not be there
     */
    public static List<String> informalMetrics(CampaignPlan plan, CampaignState state, Path index) {
        List<String> asked = plan.metrics().stream()
                .filter(metric -> metric.startsWith(INFORMAL) || metric.startsWith("seconds."))
                .toList();
        if (!asked.isEmpty() || !Files.exists(index)) {
            return asked;
        }
        ResultQuery query = new ResultQuery(index, List.of());
        List<String> keys = query.keys().stream()
                .filter(key -> key.startsWith(INFORMAL) && key.endsWith(ENERGY) && key.split("\\.").length == 4)
                .sorted()
                .toList();
        Set<String> sessions =
                state.standings().values().stream().map(Standing::session).collect(Collectors.toSet());
        Set<String> there = new HashSet<>();
        List<String> wanted = new ArrayList<>(List.of("session"));
        wanted.addAll(keys);
        query.each(wanted, row -> {
            if (sessions.contains(row[0])) {
                for (int i = 1; i < row.length; i++) {
                    if (row[i] != null) {
                        there.add(wanted.get(i));
                    }
                }
            }
        });
        return keys.stream().filter(there::contains).toList();
    }

    /**
     * The mean of one cell's half widths: what the instrument itself may be off by, which no number of sessions makes smaller.
     * NaN where a session that counts has none.
     */
    public double halfWidth(int metric, Cell cell) {
        return rows.stream()
                .filter(row -> row.isValid() && row.cell().equals(cell) && !Double.isNaN(row.values()[metric]))
                .mapToDouble(row -> row.halfWidths()[metric])
                .average()
                .orElse(Double.NaN);
    }

    private static double number(@Nullable String text) {
        try {
            return text == null ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private void flag() {
        for (int metric = 0; metric < metrics.size(); metric++) {
            int at = metric;
            Map<Cell, List<Row>> byCell = new LinkedHashMap<>();
            rows.stream()
                    .filter(row -> row.isValid() && !Double.isNaN(row.values()[at]))
                    .forEach(row -> byCell.computeIfAbsent(row.cell(), key -> new ArrayList<>())
                            .add(row));
            for (List<Row> cell : byCell.values()) {
                boolean[] far = GroupStatistics.farOff(
                        cell.stream().mapToDouble(row -> row.values()[at]).toArray());
                for (int i = 0; i < far.length; i++) {
                    cell.get(i).farOff()[metric] = far[i];
                }
            }
        }
    }

    /** By what share power changed within each session of a cell that counts, where that is known; cells without any are left out. */
    public Map<Cell, double[]> drifts() {
        Map<Cell, double[]> all = new LinkedHashMap<>();
        rows.stream().map(Row::cell).distinct().forEach(cell -> {
            double[] known = rows.stream()
                    .filter(row -> row.isValid() && row.cell().equals(cell) && !Double.isNaN(row.drift()))
                    .mapToDouble(Row::drift)
                    .toArray();
            if (known.length > 0) {
                all.put(cell, known);
            }
        });
        return all;
    }

    /** The mean of a cell's values that are not far off; NaN if there is none. */
    public double withoutFarOff(int metric, Cell cell) {
        return rows.stream()
                .filter(row -> row.isValid() && row.cell().equals(cell) && !row.farOff()[metric])
                .mapToDouble(row -> row.values()[metric])
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** Whether the values of one metric rose or fell through the campaign, beside what the cells differ by. */
    public OrderTrend trend(int metric) {
        Map<Cell, List<OrderTrend.Placed>> groups = new LinkedHashMap<>();
        for (int place = 0; place < rows.size(); place++) {
            Row row = rows.get(place);
            if (row.isValid() && !Double.isNaN(row.values()[metric])) {
                groups.computeIfAbsent(row.cell(), key -> new ArrayList<>())
                        .add(new OrderTrend.Placed(place, row.values()[metric]));
            }
        }
        return OrderTrend.of(groups.values());
    }

    /** The values of one metric of sessions that count, by cell and by which repeat of it they are. */
    public Map<Cell, SortedMap<Integer, Double>> byRepeat(int metric) {
        Map<Cell, SortedMap<Integer, Double>> all = new LinkedHashMap<>();
        for (Row row : rows) {
            SortedMap<Integer, Double> values = all.computeIfAbsent(row.cell(), key -> new TreeMap<>());
            if (row.isValid() && !Double.isNaN(row.values()[metric])) {
                values.put(row.what().repeat(), row.values()[metric]);
            }
        }
        return all;
    }

    /** The values of one metric of sessions that count, by cell; a cell without any is there too. */
    public Map<Cell, double[]> values(int metric) {
        Map<Cell, double[]> arrays = new LinkedHashMap<>();
        byRepeat(metric)
                .forEach((cell, values) -> arrays.put(
                        cell,
                        values.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
        return arrays;
    }
}
