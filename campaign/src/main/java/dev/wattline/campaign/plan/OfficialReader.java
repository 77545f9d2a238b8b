package dev.wattline.campaign.plan;

import dev.wattline.agent.config.YamlDocument;
import dev.wattline.model.NearestName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Holds a plan of kind official against the rules of a submission, as far as a plan can break them. */
final class OfficialReader {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
    private static final int LEAST_RANGING_SECONDS = 120;
    private static final Set<String> SCENARIOS =
            Set.of("Offline", "Server", "Interactive", "SingleStream", "MultiStream");

    private final YamlDocument yaml;
    private final PlanValues values;

    OfficialReader(YamlDocument yaml, PlanValues values) {
        this.yaml = yaml;
        this.values = values;
    }

    /** What the campaign is for; notes what a plan of its kind may not have. */
    Optional<Submission> read(
            Map<String, Node> top, Node root, boolean official, Set<Cell> cells, Optional<Integer> rangingSeconds) {
        Node node = top.get("submission");
        if (!official) {
            if (node != null) {
                yaml.problem(node, "submission: goes with kind: official alone");
            }
            return Optional.empty();
        }
        rangingSeconds
                .filter(seconds -> seconds < LEAST_RANGING_SECONDS)
                .ifPresent(seconds -> values.at(
                        top,
                        "ranging",
                        root,
                        "ranging: at least " + LEAST_RANGING_SECONDS + "s with kind: official, got " + seconds + "s"));
        requireOneOfEach(top, root, cells);
        if (cells.stream().anyMatch(cell -> cell.companion().isPresent())) {
            values.at(top, "matrix", root, "with: goes with kind: profile alone; no submission is of two workloads");
        }
        return node == null ? Optional.empty() : Optional.of(submission(node, cells));
    }

    /** A benchmark is measured in one way: which of several would be submitted is not to be chosen by their results. */
    private void requireOneOfEach(Map<String, Node> top, Node root, Set<Cell> cells) {
        Map<String, Integer> number = new TreeMap<>();
        cells.forEach(cell -> number.merge(cell.workload(), 1, Integer::sum));
        number.forEach((workload, of) -> {
            if (of > 1) {
                values.at(
                        top,
                        "matrix",
                        root,
                        "kind official: workload " + workload + " has " + of + " cells; it may have one, with one value"
                                + " of each parameter and setting. Vary them with kind: profile");
            }
        });
    }

    private Submission submission(Node node, Set<Cell> cells) {
        String where = "submission";
        Map<String, Node> map = yaml.map(node, where);
        yaml.known(map, where, "round", "division", "category", "system", "places", "inferred");
        String system = yaml.text(map, "system", where, true);
        if (!system.isEmpty() && !system.matches(NAME)) {
            values.at(map, "system", node, where + ".system: expected a folder's name, got '" + system + "'");
        }
        Set<String> workloads = new LinkedHashSet<>();
        cells.forEach(cell -> workloads.add(cell.workload()));
        Map<String, String> places = new LinkedHashMap<>();
        Node list = map.get("places");
        if (list == null) {
            yaml.problem(node, where + ": the key places is missing: {WORKLOAD: BENCHMARK/SCENARIO}");
        } else {
            yaml.map(list, where + ".places").forEach((workload, place) -> {
                place(workload, place, workloads, places);
            });
        }
        String category = word(map, "category", where, "datacenter", "edge");
        return new Submission(
                yaml.text(map, "round", where, false),
                word(map, "division", where, "closed", "open"),
                category,
                system,
                places,
                inferred(map.get("inferred"), category, places));
    }

    private Map<String, String> inferred(@Nullable Node node, String category, Map<String, String> places) {
        Map<String, String> inferred = new LinkedHashMap<>();
        if (node == null) {
            return inferred;
        }
        String where = "submission.inferred";
        if (!category.equals("edge")) {
            yaml.problem(node, where + ": results are inferred with category: edge alone");
        }
        yaml.map(node, where).forEach((place, value) -> {
            String base = PlanValues.text(value);
            String[] to = place.split("/", -1);
            String[] from = base.split("/", -1);
            if (!places.containsValue(base)) {
                yaml.problem(
                        value,
                        where + "." + place + ": expected a place that is measured, got '" + base + "'"
                                + NearestName.question(base, new LinkedHashSet<>(places.values())));
            } else if (to.length != 2
                    || !to[0].equals(from[0])
                    || !Submission.INFERABLE.getOrDefault(to[1], Set.of()).contains(from[1])) {
                yaml.problem(
                        value,
                        where + "." + place + ": cannot be inferred from " + base
                                + ": of one benchmark, MultiStream can be from SingleStream, and Offline from either");
            } else if (places.containsValue(place)) {
                yaml.problem(value, where + "." + place + ": is measured, and not inferred");
            }
            inferred.put(place, base);
        });
        return inferred;
    }

    private void place(String workload, Node node, Set<String> workloads, Map<String, String> places) {
        String where = "submission.places." + workload;
        String place = PlanValues.text(node);
        String[] parts = place.split("/", -1);
        if (!workloads.contains(workload)) {
            yaml.problem(node, where + ": is no workload of the matrix" + NearestName.question(workload, workloads));
        }
        if (parts.length != 2 || !parts[0].matches(NAME) || !SCENARIOS.contains(parts[1])) {
            yaml.problem(
                    node,
                    where + ": expected BENCHMARK/SCENARIO, the scenario one of "
                            + String.join(", ", SCENARIOS.stream().sorted().toList()) + ", got '" + place + "'");
        } else if (places.containsValue(place)) {
            yaml.problem(node, where + ": two workloads have the place " + place);
        }
        places.put(workload, place);
    }

    private String word(Map<String, Node> map, String key, String where, String... words) {
        String value = yaml.text(map, key, where, false);
        if (!value.isEmpty() && !List.of(words).contains(value)) {
            yaml.problem(
                    PlanValues.value(map, key),
                    where + "." + key + ": expected " + String.join(" or ", words) + ", got '" + value + "'");
        }
        return value;
    }
}
