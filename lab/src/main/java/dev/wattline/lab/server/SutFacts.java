package dev.wattline.lab.server;

import dev.wattline.model.NearestName;
import dev.wattline.protocol.lab.JobKind;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a measured machine can run and set, as its agent has told: enough to refuse a wrong name or value where the agent
 * cannot be asked. Its agent looks at all of it once more.
 */
final class SutFacts {
    private static final long MOST_SECONDS = 7 * 24 * 3600;
    private static final String WHOLE = "0|-?[1-9][0-9]{0,17}"; // as agents take a whole number

    private final LabMessage told;
    private final String sut;
    private final SortedMap<String, Workload> workloads = new TreeMap<>();
    private final SortedMap<String, Value> settings = new TreeMap<>();
    private final SortedMap<String, Optional<Duration>> actions = new TreeMap<>();

    private record Workload(SortedMap<String, Value> params, boolean plainOnly) {}

    /**
     * What a value may be.
     *
     * @param values one of these; empty where something else is asked of it
     * @param range least and greatest; empty where it is no whole number
     * @param allowed the same in words
     * @param hasDefault whether it need not be given
     */
    private record Value(List<String> values, List<Long> range, String allowed, boolean hasDefault) {
        static Value of(LabMessage row) {
            List<Long> range = row.has("least")
                    ? List.of(
                            row.whole("least", Long.MIN_VALUE, Long.MAX_VALUE),
                            row.whole("greatest", Long.MIN_VALUE, Long.MAX_VALUE))
                    : List.of();
            return new Value(
                    row.list("values"),
                    range,
                    row.optionalText("allowed").orElse(""),
                    row.optionalText("default").isPresent());
        }

        Optional<String> refuse(String value) {
            boolean listed = values.isEmpty() || values.contains(value);
            boolean within = range.isEmpty()
                    || (value.matches(WHOLE)
                            && Long.parseLong(value) >= range.get(0)
                            && Long.parseLong(value) <= range.get(1));
            return listed && within ? Optional.empty() : Optional.of("expected " + allowed + ", got '" + value + "'");
        }
    }

    private SutFacts(LabMessage told) {
        this.told = told;
        this.sut = told.name("sut");
        for (LabMessage row : told.objects("workloads")) {
            SortedMap<String, Value> params = new TreeMap<>();
            row.objects("params").forEach(param -> params.put(param.name("name"), Value.of(param)));
            workloads.put(row.name("name"), new Workload(params, row.flag("plain-only")));
        }
        told.objects("settings").forEach(row -> settings.put(row.name("name"), Value.of(row)));
        told.objects("actions")
                .forEach(row -> actions.put(
                        row.name("name"),
                        row.has("returns-seconds")
                                ? Optional.of(Duration.ofSeconds(row.whole("returns-seconds", 0, MOST_SECONDS)))
                                : Optional.empty()));
    }

    /**
     * Reads it out of an agent's hello.
     *
     * @throws dev.wattline.protocol.lab.LabMessageException if something in it is not as it should be
     */
    static SutFacts of(LabMessage hello) {
        LabMessage told = LabMessage.empty().with("sut", hello.name("sut"));
        told = hello.has("wattline") ? told.with("wattline", hello.text("wattline")) : told;
        return new SutFacts(told.with("workloads", hello.objects("workloads"))
                .with("settings", hello.objects("settings"))
                .with("actions", hello.objects("actions")));
    }

    /** As the agent told it. */
    LabMessage told() {
        return told;
    }

    /** How long the machine may be away by an order, where it is an action that starts it anew. */
    Optional<Duration> returns(JobOrder order) {
        return order.kind() == JobKind.ACTION
                ? actions.getOrDefault(order.workload(), Optional.empty())
                : Optional.empty();
    }

    Set<String> workloads() {
        return workloads.keySet();
    }

    /** All that is wrong with an order for this machine; nothing if its agent may take it. */
    List<String> problems(JobOrder order) {
        List<String> problems = new ArrayList<>();
        if (order.kind() == JobKind.ACTION) {
            if (!actions.containsKey(order.workload())) {
                problems.add(
                        sut + " has no action '" + order.workload() + "'" + names(order.workload(), actions.keySet()));
            }
            if (!order.params().isEmpty() || !order.settings().isEmpty()) {
                problems.add("an action takes neither parameters nor settings");
            }
            return problems;
        }
        Workload workload = workloads.get(order.workload());
        if (workload == null) {
            problems.add(
                    sut + " has no workload '" + order.workload() + "'" + names(order.workload(), workloads.keySet()));
        } else {
            String of = "workload " + order.workload();
            if (workload.plainOnly() && order.kind().isMeasured()) {
                problems.add(of + " writes no LoadGen logs: it can be run with --kind plain only");
            }
            order.params().forEach((name, value) -> look(of, "parameter", workload.params(), name, value, problems));
            workload.params().forEach((name, allowed) -> {
                if (!allowed.hasDefault() && !order.params().containsKey(name)) {
                    problems.add("parameter " + name + " must be given: " + allowed.allowed());
                }
            });
        }
        order.settings().forEach((name, value) -> look(sut, "setting", settings, name, value, problems));
        return problems;
    }

    private static void look(
            String owner, String what, Map<String, Value> known, String name, String value, List<String> problems) {
        Value allowed = known.get(name);
        if (allowed == null) {
            problems.add(owner + " has no " + what + " '" + name + "'" + names(name, known.keySet()));
        } else {
            allowed.refuse(value).ifPresent(why -> problems.add(what + " " + name + ": " + why));
        }
    }

    /** The end of a message about a name that is none of these. */
    static String names(String wrong, Set<String> right) {
        return NearestName.question(wrong, right) + (right.isEmpty() ? "" : "; there is " + String.join(", ", right));
    }
}
