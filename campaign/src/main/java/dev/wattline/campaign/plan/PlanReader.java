package dev.wattline.campaign.plan;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.YamlDocument;
import dev.wattline.model.NearestName;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a plan, holds it against the agent's configuration, and tells all that is wrong with it at once. */
public final class PlanReader {
    private static final int LONGEST_NAME = 40; // it is part of each session's name
    static final int MOST_REPEATS = 1000;
    private static final int MOST_MINUTES = 10_000;
    private static final String SAME = "same";
    private static final CampaignPlan.Kind[] KINDS = {CampaignPlan.Kind.PROFILE, CampaignPlan.Kind.OFFICIAL};

    private final YamlDocument yaml;
    private final AgentConfig config;
    private final PlanValues values;
    private final MatrixReader matrix;

    private PlanReader(Path file, AgentConfig config, boolean local) {
        this.yaml = new YamlDocument(file);
        this.config = config;
        this.values = new PlanValues(yaml);
        this.matrix = new MatrixReader(yaml, config, values, local);
    }

    /**
     * Reads it.
     *
     * @throws dev.wattline.agent.config.ConfigProblemsException if anything is wrong with it
     */
    public static CampaignPlan read(Path file, AgentConfig config) {
        return read(new PlanReader(file, config, false));
    }

    /**
     * Reads it for a machine without director and analyzer.
     *
     * @throws dev.wattline.agent.config.ConfigProblemsException if anything is wrong with it
     * @throws dev.wattline.campaign.CampaignException if it is a plan of sessions that are to be submitted
     */
    public static CampaignPlan readLocal(Path file, AgentConfig config) {
        return read(new PlanReader(file, config, true)).informal();
    }

    private static CampaignPlan read(PlanReader reader) {
        Optional<CampaignPlan> plan = reader.yaml.root().map(reader::plan);
        reader.yaml.requireNoProblems("Nothing was started. docs/campaigns.md describes each key.");
        return plan.orElseThrow();
    }

    private CampaignPlan plan(Node root) {
        Map<String, Node> top = yaml.map(root, "");
        yaml.known(
                top,
                "",
                "campaign",
                "kind",
                "repeats",
                "order",
                "seed",
                "matrix",
                "exclude",
                "include",
                "ranging",
                "telemetry",
                "before",
                "retry",
                "limits",
                "reboot",
                "submission",
                "compare",
                "metrics");
        String name = yaml.text(top, "campaign", "", true);
        if (!name.matches("[a-z0-9][a-z0-9-]{0," + (LONGEST_NAME - 1) + "}")) {
            values.at(
                    top, "campaign", root, "campaign: expected small letters, digits and '-', at most " + LONGEST_NAME);
        }
        int repeats = values.number(top, "repeats", 1, 1, MOST_REPEATS);
        Map<String, List<Node>> rows = matrix.matrix(top, root);
        Map<Cell, Integer> cells = matrix.cells(top, root, rows, repeats);
        List<String> factors = new ArrayList<>(rows.keySet());
        CampaignPlan.Kind kind = values.word(top, "kind", KINDS, CampaignPlan.Kind.PROFILE);
        Optional<Integer> ranging = ranging(top);
        return new CampaignPlan(
                yaml.file(),
                name,
                kind,
                values.word(top, "order", CampaignPlan.Order.values(), CampaignPlan.Order.RANDOM_BLOCKS),
                top.containsKey("seed")
                        ? Optional.of((long) values.number(top, "seed", 0, 0, Integer.MAX_VALUE))
                        : Optional.empty(),
                factors,
                cells,
                gates(top),
                retry(top),
                limits(top),
                reboot(top),
                ranging,
                yaml.text(top, "telemetry", "", false),
                new OfficialReader(yaml, values)
                        .read(top, root, kind == CampaignPlan.Kind.OFFICIAL, cells.keySet(), ranging),
                comparisons(top, rows),
                metrics(top));
    }

    private List<Gate> gates(Map<String, Node> top) {
        List<Gate> gates = new ArrayList<>();
        Node before = top.get("before");
        if (before == null) {
            return gates;
        }
        if (!(before instanceof SequenceNode list)) {
            yaml.problem(before, "before: expected a list of gates");
            return gates;
        }
        for (Node one : list.getValue()) {
            Map<String, Node> gate = yaml.map(one, "before");
            yaml.known(gate, "before", "rest", "warmup", "cooldown");
            if (gate.containsKey("rest")) {
                gates.add(new Gate.Rest(yaml.duration(gate, "rest", "before", Duration.ZERO)));
            }
            Node warmUp = gate.get("warmup");
            if (warmUp != null) {
                gates.add(warmUp(warmUp, top));
            }
            Node cooldown = gate.get("cooldown");
            if (cooldown != null) {
                gates.add(cooldown(cooldown));
            }
        }
        return gates;
    }

    private Gate warmUp(Node node, Map<String, Node> top) {
        String where = "before.warmup";
        Map<String, Node> map = yaml.map(node, where);
        yaml.known(map, where, "workload", "for");
        String workload = yaml.text(map, "workload", where, true);
        if (!workload.isEmpty() && !workload.equals(SAME) && !config.workloads().containsKey(workload)) {
            values.at(
                    map,
                    "workload",
                    node,
                    where + ": expected same or a workload's name, got '" + workload + "'"
                            + NearestName.question(workload, config.workloads().keySet()));
        }
        if (!map.containsKey("for")) {
            yaml.problem(node, where + ": the key for is missing");
        }
        if (top.containsKey("kind")
                && PlanValues.text(PlanValues.value(top, "kind")).equals("official")) {
            yaml.problem(node, where + ": goes with kind: profile alone; ranging warms up an official session");
        }
        return new Gate.WarmUp(
                workload.equals(SAME) ? Optional.empty() : Optional.of(workload),
                yaml.duration(map, "for", where, Duration.ZERO));
    }

    private Gate cooldown(Node node) {
        String where = "before.cooldown";
        Map<String, Node> map = yaml.map(node, where);
        yaml.known(map, where, "sensor", "below", "like", "atMost", "every", "onTimeout");
        String sensor = yaml.text(map, "sensor", where, true);
        if (!sensor.isEmpty() && !config.sensors().containsKey(sensor)) {
            values.at(
                    map,
                    "sensor",
                    node,
                    where + ": there is no sensor '" + sensor + "' in the agent's configuration"
                            + NearestName.question(sensor, config.sensors().keySet()));
        }
        boolean likeFirst = map.containsKey("like");
        if (likeFirst && !PlanValues.text(PlanValues.value(map, "like")).equals("first")) {
            values.at(map, "like", node, where + ".like: expected first");
        }
        if (likeFirst == map.containsKey("below")) {
            yaml.problem(node, where + ": expected one of below and like");
        }
        String below = likeFirst ? "0" : yaml.text(map, "below", where, false);
        if (!below.isEmpty() && !below.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            values.at(map, "below", node, where + ".below: expected a number, got '" + below + "'");
        }
        for (String key : List.of("atMost")) {
            if (!map.containsKey(key)) {
                yaml.problem(node, where + ": the key " + key + " is missing");
            }
        }
        Duration every = yaml.duration(map, "every", where, Duration.ofSeconds(5));
        return new Gate.Cooldown(
                sensor,
                likeFirst ? Optional.empty() : Optional.of(below.matches("-?[0-9.]+") ? Double.parseDouble(below) : 0),
                yaml.duration(map, "atMost", where, Duration.ZERO),
                every.isZero() ? Duration.ofSeconds(1) : every,
                values.word(map, "onTimeout", Gate.OnTimeout.values(), Gate.OnTimeout.MEASURE));
    }

    private RetryPolicy retry(Map<String, Node> top) {
        Node node = top.get("retry");
        if (node == null) {
            return RetryPolicy.USUAL;
        }
        Map<String, RetryPolicy.Cause> causes = Stream.of(
                        RetryPolicy.Cause.INFRASTRUCTURE,
                        RetryPolicy.Cause.INVALID,
                        RetryPolicy.Cause.WORKLOAD,
                        RetryPolicy.Cause.PREPARATION,
                        RetryPolicy.Cause.GATE,
                        RetryPolicy.Cause.INTERRUPTED)
                .collect(Collectors.toMap(
                        PlanValues::word, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        Map<String, Node> map = yaml.map(node, "retry");
        yaml.known(
                map,
                "retry",
                Stream.concat(causes.keySet().stream(), Stream.of("delay", "maxFailures"))
                        .toArray(String[]::new));
        Map<RetryPolicy.Cause, Integer> limits = new EnumMap<>(RetryPolicy.Cause.class);
        causes.forEach((word, cause) -> limits.put(cause, values.number(map, word, cause.usual(), 0, MOST_REPEATS)));
        return new RetryPolicy(
                limits,
                yaml.duration(map, "delay", "retry", RetryPolicy.USUAL.delay()),
                values.number(map, "maxFailures", RetryPolicy.USUAL.maxFailures(), 1, MOST_REPEATS));
    }

    private CampaignLimits limits(Map<String, Node> top) {
        Node node = top.get("limits");
        if (node == null) {
            return CampaignLimits.NONE;
        }
        Map<String, Node> map = yaml.map(node, "limits");
        yaml.known(map, "limits", "deadline", "perPhase");
        Duration perPhase = yaml.duration(map, "perPhase", "limits", Duration.ZERO);
        return new CampaignLimits(deadline(map, node), perPhase.isZero() ? Optional.empty() : Optional.of(perPhase));
    }

    private Optional<RebootPolicy> reboot(Map<String, Node> top) {
        Node node = top.get("reboot");
        if (node == null) {
            return Optional.empty();
        }
        Map<String, Node> map = yaml.map(node, "reboot");
        yaml.known(map, "reboot", "everyJobs", "everyMinutes", "atMost");
        if (config.reboot().isEmpty()) {
            yaml.problem(
                    node,
                    "reboot: the agent's configuration has no key reboot, such as [\"sudo\", \"-n\", \"systemctl\","
                            + " \"reboot\"]");
        }
        if (!map.containsKey("everyJobs") && !map.containsKey("everyMinutes")) {
            yaml.problem(node, "reboot: expected everyJobs or everyMinutes");
        }
        if (!map.containsKey("atMost")) {
            yaml.problem(node, "reboot: the key atMost is missing");
        }
        return Optional.of(new RebootPolicy(
                map.containsKey("everyJobs")
                        ? Optional.of(values.number(map, "everyJobs", 1, 1, MOST_REPEATS))
                        : Optional.empty(),
                map.containsKey("everyMinutes")
                        ? Optional.of(Duration.ofMinutes(values.number(map, "everyMinutes", 1, 1, MOST_MINUTES)))
                        : Optional.empty(),
                values.number(map, "atMost", 1, 1, MOST_REPEATS)));
    }

    private Optional<Instant> deadline(Map<String, Node> map, Node limits) {
        String deadline = yaml.text(map, "deadline", "limits", false);
        if (deadline.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(deadline).toInstant());
        } catch (DateTimeException e) {
            values.at(
                    map,
                    "deadline",
                    limits,
                    "limits.deadline: expected an instant such as 2026-12-06T06:00:00Z or 2026-12-06T07:00:00+01:00, got '"
                            + deadline + "'");
            return Optional.empty();
        }
    }

    private Optional<Integer> ranging(Map<String, Node> top) {
        if (!top.containsKey("ranging")
                || PlanValues.text(PlanValues.value(top, "ranging")).equals("phase")) {
            return Optional.empty();
        }
        long seconds = yaml.duration(top, "ranging", "", Duration.ZERO).toSeconds();
        return seconds == 0 ? Optional.empty() : Optional.of((int) seconds);
    }

    private List<BaselineComparison> comparisons(Map<String, Node> top, Map<String, List<Node>> matrix) {
        List<BaselineComparison> all = new ArrayList<>();
        Node node = top.get("compare");
        if (node == null) {
            return all;
        }
        List<Node> entries = node instanceof SequenceNode list
                ? list.getValue()
                : node instanceof MappingNode ? List.of(node) : List.of();
        if (entries.isEmpty()) {
            yaml.problem(node, "compare: expected a list such as [{by: boost}]");
        }
        for (Node one : entries) {
            Map<String, Node> map = yaml.map(one, "compare");
            yaml.known(map, "compare", "by", "baseline");
            String by = yaml.text(map, "by", "compare", true);
            List<Node> row = matrix.get(by);
            if (row == null) {
                if (!by.isEmpty()) {
                    yaml.problem(
                            one,
                            "compare: " + by + " is no row of the matrix" + NearestName.question(by, matrix.keySet()));
                }
                continue;
            }
            List<String> values = row.stream().map(PlanValues::text).toList();
            String baseline = yaml.text(map, "baseline", "compare", false);
            if (!baseline.isEmpty() && !values.contains(baseline)) {
                yaml.problem(one, "compare.baseline: expected one of " + String.join(", ", values));
            }
            if (!values.isEmpty()) {
                all.add(new BaselineComparison(by, baseline.isEmpty() ? values.get(0) : baseline));
            }
        }
        return all;
    }

    private List<String> metrics(Map<String, Node> top) {
        Node node = top.get("metrics");
        return node == null
                ? List.of("metric.value")
                : values.scalars(node, "metrics").stream().map(PlanValues::text).toList();
    }
}
