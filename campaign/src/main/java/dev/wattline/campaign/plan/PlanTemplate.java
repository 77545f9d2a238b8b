package dev.wattline.campaign.plan;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.config.AllowedValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan to begin with: all that a machine's agent can start and set, with comments. */
public final class PlanTemplate {
    /** The benchmarks that are also measured in the scenario MultiStream on the edge. */
    private static final Set<String> MULTI_STREAM = Set.of("resnet50", "retinanet");

    private PlanTemplate() {}

    /**
     * The text of a plan that measures each workload once as it is, and names in comments what else could be varied.
     *
     * @param informal whether it is for a machine without analyzer
     */
    public static String of(AgentConfig config, Path agent, boolean informal) {
        Map<String, NamedWorkload> measurable = new LinkedHashMap<>(config.workloads());
        measurable
                .values()
                .removeIf(workload -> !informal && workload.loadgenLogs().isEmpty());
        StringBuilder text =
                new StringBuilder("# 'wattline campaign -c " + agent + " check FILE" + (informal ? " --local" : "")
                        + "' tells cells, sessions and hours.\n# docs/campaigns.md describes each key.\n");
        text.append("campaign: my-campaign        # names its folder and its sessions: small letters, digits, -\n")
                .append(informal ? "" : "kind: profile                # or official: sessions that may be submitted\n")
                .append("repeats: 3\n")
                .append("order: random-blocks         # or listed, random\n")
                .append("matrix:                      # each combination is a cell\n")
                .append("  workload: [")
                .append(String.join(", ", measurable.keySet()))
                .append("]\n");
        Map<String, String> rows = new LinkedHashMap<>();
        measurable.forEach((name, workload) -> workload.params()
                .forEach((param, values) -> rows.merge(
                        param,
                        "  # " + param + ": [" + example(values.allowed()) + "]    # of " + name + ": "
                                + values.allowed().describe()
                                + values.fallback()
                                        .map(value -> "; usually " + value)
                                        .orElse(""),
                        (one, other) -> one)));
        config.settings()
                .forEach((name, setting) -> rows.put(
                        name,
                        "  # " + name + ": [" + example(setting.allowed()) + "]    # setting: "
                                + setting.allowed().describe()));
        rows.values().forEach(row -> text.append(row).append('\n'));
        text.append("  # with: [none, ")
                .append(config.workloads().entrySet().stream()
                        .filter(one -> one.getValue().loadgenLogs().isEmpty()) // or both would write them
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("NAME"))
                .append(
                        "@other]    # what runs beside it: a workload, told to use the other GPUs, the same, or one by its"
                                + " index\n")
                .append("# exclude: [{workload: ")
                .append(measurable.keySet().stream().findFirst().orElse("NAME"))
                .append("}]    # cells to leave out; include: [...] adds single ones, with repeats of their own\n")
                .append(
                        informal
                                ? ""
                                : "# ranging: 300s            # a shorter ranging phase, for workloads that know it\n")
                .append("# telemetry: nvidia-smi\n")
                .append("before:                      # what must hold before each session\n")
                .append("  - rest: 30s                # since the end of the one before\n");
        config.sensors().keySet().stream()
                .findFirst()
                .ifPresent(sensor -> text.append("  # - cooldown: {sensor: " + sensor
                        + ", below: 45, atMost: 10m, onTimeout: measure}    # or skip, pause\n"));
        RetryPolicy usual = RetryPolicy.USUAL;
        text.append("retry:                       # how often a session is tried again, by cause\n");
        for (RetryPolicy.Cause cause : new RetryPolicy.Cause[] {
            RetryPolicy.Cause.INFRASTRUCTURE, RetryPolicy.Cause.INVALID, RetryPolicy.Cause.WORKLOAD
        }) {
            text.append("  " + cause.name().toLowerCase(Locale.ROOT) + ": " + usual.limit(cause) + "\n");
        }
        text.append("  delay: 60s\n  maxFailures: " + usual.maxFailures()
                + "             # so many given up in a row pause the campaign\n");
        config.settings().keySet().stream()
                .findFirst()
                .ifPresent(name -> text.append("# compare: [{by: " + name + "}]\n"));
        text.append(
                informal
                        ? "# metrics: [informal.node.redfish.energyJ]    # of the report: else the energy by each"
                                + " source\n"
                        : "metrics: [metric.value, energyJ]    # of the report: keys of 'wattline results --keys'\n");
        return text.toString();
    }

    /**
     * The text of an official plan: each benchmark in the scenarios that its category asks for, once, with all phases. Workloads
     * are called BENCHMARK-SCENARIO in small letters.
     *
     * @param models the benchmarks
     * @param inferred whether to leave out what the edge's rules allow to infer: the official checker makes MultiStream of
     *     SingleStream, and Offline of either, with the base's power (inference_rules.adoc of mlcommons/inference_policies)
     */
    public static String official(
            AgentConfig config, String round, String division, String category, List<String> models, boolean inferred) {
        Map<String, String> places = new LinkedHashMap<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (String model : models) {
            List<String> scenarios = new ArrayList<>(
                    category.equals("edge") ? List.of("SingleStream", "Offline") : List.of("Offline", "Server"));
            if (category.equals("edge") && MULTI_STREAM.contains(model)) {
                scenarios.add("MultiStream");
            }
            if (inferred) {
                scenarios.stream()
                        .filter(scenario -> !scenario.equals("SingleStream"))
                        .forEach(scenario -> leftOut.put(model + "/" + scenario, model + "/SingleStream"));
                scenarios.retainAll(List.of("SingleStream"));
            }
            scenarios.forEach(
                    scenario -> places.put((model + "-" + scenario).toLowerCase(Locale.ROOT), model + "/" + scenario));
        }
        StringBuilder text = new StringBuilder("# An official campaign: each session has both phases, and is valid by"
                + " LoadGen, the round's checks and 600 s,\n# whatever it came to. The first valid session of a cell is"
                + " the one to be submitted; 'wattline campaign choose'\n# names another, with a reason that is kept."
                + " docs/campaigns.md#official-campaigns tells what is enforced.\n");
        places.keySet().stream()
                .filter(name -> !config.workloads().containsKey(name))
                .forEach(name -> text.append("# The agent's configuration has no workload ")
                        .append(name)
                        .append(": add it, or put the name of yours here and below.\n"));
        text.append("campaign: ")
                .append((round + "-" + division + "-" + category).replace('.', '-'))
                .append("\nkind: official\nrepeats: 1\norder: listed\nmatrix:\n  workload: [")
                .append(String.join(", ", places.keySet()))
                .append("]\n# ranging: 300s             # at least 120s; as long as testing where nothing is said\n")
                .append("retry: {infrastructure: 3, invalid: 2, workload: 1}\nsubmission:\n  round: ")
                .append(round)
                .append("\n  division: ")
                .append(division)
                .append("\n  category: ")
                .append(category)
                .append("\n  system: MY-SYSTEM          # its name in systems/ and results/\n  places:\n");
        places.forEach((name, place) ->
                text.append("    ").append(name).append(": ").append(place).append('\n'));
        if (!leftOut.isEmpty()) {
            text.append("  inferred:                  # not measured: the session of the other place goes there too\n");
            leftOut.forEach((place, base) ->
                    text.append("    ").append(place).append(": ").append(base).append('\n'));
        }
        return text.toString();
    }

    private static String example(AllowedValues allowed) {
        if (allowed instanceof AllowedValues.Listed listed) {
            return listed.values().stream()
                    .map(value -> value.matches("[A-Za-z0-9._-]+") ? value : "\"" + value + "\"")
                    .collect(Collectors.joining(", "));
        } else if (allowed instanceof AllowedValues.Range range) {
            return range.least() + ", " + range.greatest();
        }
        return "...";
    }
}
