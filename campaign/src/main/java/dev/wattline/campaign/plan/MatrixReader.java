package dev.wattline.campaign.plan;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.YamlDocument;
import dev.wattline.agent.job.JobRequest;
import dev.wattline.agent.job.NamedCompanion;
import dev.wattline.model.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a plan's matrix, with what is excluded and included, into cells, held against the agent's configuration. */
final class MatrixReader {
    /** The row that each matrix has. */
    static final String WORKLOAD = "workload";

    private static final int MOST_CELLS = 10_000;

    private final YamlDocument yaml;
    private final AgentConfig config;
    private final PlanValues values;
    private final boolean local;

    /** @param local whether the plan is for a machine without director and analyzer */
    MatrixReader(YamlDocument yaml, AgentConfig config, PlanValues values, boolean local) {
        this.yaml = yaml;
        this.config = config;
        this.values = values;
        this.local = local;
    }

    /** The matrix' rows; those whose name nobody knows are told and left out. */
    Map<String, List<Node>> matrix(Map<String, Node> top, Node root) {
        Map<String, List<Node>> rows = new LinkedHashMap<>();
        Node node = top.get("matrix");
        if (node == null) {
            yaml.problem(root, "the key matrix is missing");
            return rows;
        }
        yaml.map(node, "matrix").forEach((name, list) -> {
            if (factor(name, list, "matrix")) {
                List<Node> row = values.scalars(list, "matrix." + name);
                row.forEach(value -> allowed(name, value, "matrix." + name));
                if (row.stream().map(PlanValues::text).distinct().count() < row.size()) {
                    yaml.problem(list, "matrix." + name + ": a value is there twice");
                }
                rows.put(name, row);
            }
        });
        if (!rows.containsKey(WORKLOAD)) {
            yaml.problem(node, "matrix: the row workload is missing");
        }
        return rows;
    }

    private boolean factor(String name, Node node, String where) {
        Set<String> names = new LinkedHashSet<>(List.of(WORKLOAD, Cell.WITH));
        names.addAll(config.settings().keySet());
        config.workloads()
                .values()
                .forEach(workload -> names.addAll(workload.params().keySet()));
        if (name.equals(Cell.WITH) && isOwn(name)) {
            yaml.problem(
                    node,
                    where
                            + ": with says what runs beside the workload, and the agent's configuration has a setting or a"
                            + " parameter of that name; give it another one there");
            return false;
        }
        if (names.contains(name)) {
            return true;
        }
        yaml.problem(
                node,
                where + ": " + name + " is neither a setting nor a parameter of a workload in the agent's configuration"
                        + NearestName.question(name, names));
        return false;
    }

    private boolean isOwn(String name) {
        return config.settings().containsKey(name)
                || config.workloads().values().stream()
                        .anyMatch(workload -> workload.params().containsKey(name));
    }

    /** Why a text is none that says what runs beside a workload; mostly nothing. */
    private List<String> objections(String with) {
        if (with.equals(NamedCompanion.NONE)) {
            return List.of();
        }
        return NamedCompanion.parse(with)
                .map(companion -> JobRequest.objections(companion, config))
                .orElse(List.of("expected " + NamedCompanion.EXPECTED + "; got '" + with + "'"));
    }

    /** Holds a value against the configuration; what depends on the workload is looked at by the cell. */
    private void allowed(String name, Node value, String where) {
        if (name.equals(WORKLOAD)) {
            Set<String> known = config.workloads().keySet();
            AgentConfig.NamedWorkload workload = config.workloads().get(PlanValues.text(value));
            if (workload != null && workload.loadgenLogs().isEmpty() && !local) {
                yaml.problem(
                        value,
                        where + ": workload " + PlanValues.text(value)
                                + " has no loadgenLogs in the agent's configuration: it can be measured with --local"
                                + " only");
            }
            if (workload == null) {
                yaml.problem(
                        value,
                        where + ": there is no workload '" + PlanValues.text(value) + "'"
                                + NearestName.question(PlanValues.text(value), known)
                                + "; the agent's configuration has " + String.join(", ", known));
            }
            return;
        }
        if (name.equals(Cell.WITH)) {
            objections(PlanValues.text(value)).forEach(why -> yaml.problem(value, where + ": " + why));
            return;
        }
        AgentConfig.MachineSetting setting = config.settings().get(name);
        if (setting != null) {
            setting.allowed().refuse(PlanValues.text(value)).ifPresent(why -> yaml.problem(value, where + ": " + why));
        }
    }

    /** The cells, with their repeats. */
    Map<Cell, Integer> cells(Map<String, Node> top, Node root, Map<String, List<Node>> matrix, int repeats) {
        Map<Cell, Integer> cells = new LinkedHashMap<>();
        Set<String> told = new LinkedHashSet<>();
        long number = matrix.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
        if (number > MOST_CELLS) {
            values.at(top, "matrix", root, "matrix: has " + number + " cells; at most " + MOST_CELLS + " are taken");
            return cells;
        }
        if (!matrix.containsKey(WORKLOAD)) {
            return cells;
        }
        List<Map<String, Node>> excluded = entries(top.get("exclude"), "exclude", matrix.keySet());
        Set<Map<String, Node>> used = new LinkedHashSet<>();
        List<Map<String, Node>> included = entries(top.get("include"), "include", Set.of());
        boolean with =
                matrix.containsKey(Cell.WITH) || included.stream().anyMatch(entry -> entry.containsKey(Cell.WITH));
        for (Map<String, Node> combination : product(matrix)) {
            List<Map<String, Node>> by = excluded.stream()
                    .filter(entry -> entry.entrySet().stream()
                            .allMatch(one -> combination.containsKey(one.getKey())
                                    && PlanValues.text(one.getValue())
                                            .equals(PlanValues.text(PlanValues.value(combination, one.getKey())))))
                    .toList();
            used.addAll(by);
            if (by.isEmpty()) {
                cell(combination, with, told).ifPresent(cell -> cells.put(cell, repeats));
            }
        }
        excluded.stream()
                .filter(entry -> !entry.isEmpty() && !used.contains(entry))
                .filter(entry -> matrix.keySet().containsAll(entry.keySet())) // else that is what is told
                .forEach(entry -> yaml.problem(
                        entry.values().iterator().next(), "exclude: this entry excludes no cell of the matrix"));
        for (Map<String, Node> entry : included) {
            Map<String, Node> combination = new LinkedHashMap<>(entry);
            int own = combination.containsKey("repeats")
                    ? values.number(combination, "repeats", 1, 1, PlanReader.MOST_REPEATS)
                    : repeats;
            combination.remove("repeats");
            cell(combination, with, told).ifPresent(cell -> cells.put(cell, own));
        }
        if (cells.isEmpty() && yaml.problems().isEmpty()) {
            values.at(top, "matrix", root, "there is no cell left to be measured");
        }
        return cells;
    }

    private List<Map<String, Node>> entries(@Nullable Node node, String where, Set<String> names) {
        List<Map<String, Node>> all = new ArrayList<>();
        if (node == null) {
            return all;
        }
        if (!(node instanceof SequenceNode list)) {
            yaml.problem(node, where + ": expected a list such as [{workload: sgemm, gpus: 8}]");
            return all;
        }
        for (Node one : list.getValue()) {
            Map<String, Node> entry = yaml.map(one, where);
            entry.forEach((name, value) -> {
                if (!names.isEmpty() && !names.contains(name)) {
                    yaml.problem(
                            value,
                            where + ": " + name + " is no row of the matrix" + NearestName.question(name, names));
                } else if (names.isEmpty() && !name.equals("repeats") && factor(name, value, where)) {
                    allowed(name, value, where + "." + name);
                }
            });
            all.add(entry);
        }
        return all;
    }

    private static List<Map<String, Node>> product(Map<String, List<Node>> matrix) {
        List<Map<String, Node>> all = List.of(Map.of());
        for (Map.Entry<String, List<Node>> row : matrix.entrySet()) {
            List<Map<String, Node>> longer = new ArrayList<>();
            for (Map<String, Node> begun : all) {
                for (Node value : row.getValue()) {
                    Map<String, Node> more = new LinkedHashMap<>(begun);
                    more.put(row.getKey(), value);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    /**
     * The cell as the agent would measure it; what it would not take is told once.
     *
     * @param hasWith whether the plan says of each cell what runs beside the workload
     */
    private Optional<Cell> cell(Map<String, Node> combination, boolean hasWith, Set<String> told) {
        Node workload = combination.get(WORKLOAD);
        if (workload == null || !config.workloads().containsKey(PlanValues.text(workload))) {
            if (workload == null && !combination.isEmpty()) {
                yaml.problem(combination.values().iterator().next(), "include: the key workload is missing");
            }
            return Optional.empty();
        }
        Map<String, String> params = new TreeMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        boolean known = true;
        String with = hasWith ? NamedCompanion.NONE : "";
        for (Map.Entry<String, Node> factor : combination.entrySet()) {
            String name = factor.getKey();
            String value = PlanValues.text(factor.getValue());
            AgentConfig.MachineSetting setting = config.settings().get(name);
            if (name.equals(WORKLOAD)) {
                continue;
            }
            if (name.equals(Cell.WITH)) {
                with = value;
                known &= objections(value).isEmpty(); // told with the row
            } else if (setting != null) {
                settings.put(name, value);
                known &= setting.allowed().refuse(value).isEmpty(); // told with the row
            } else {
                params.put(name, value);
            }
        }
        if (!known) {
            return Optional.empty();
        }
        try {
            var complete = new Cell(PlanValues.text(workload), new TreeMap<>(params), settings, with)
                    .request(List.of())
                    .complete(config);
            return Optional.of(new Cell(complete.workload(), complete.params(), complete.settings(), with));
        } catch (AgentException e) {
            String.valueOf(e.getMessage()).lines().filter(told::add).forEach(why -> yaml.problem(workload, why));
            return Optional.empty();
        }
    }
}
