package dev.wattline.campaign.report;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.job.NamedCompanion;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.records.query.GroupStatistics;
import dev.wattline.records.query.ResultQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How long a campaign's sessions take, by those of the same cells in the index, else by those of the same workload, else by
 * what the agent's configuration expects.
 */
public final class EstimatedTime {
    /** Around the marks of a session: programs that start, greeting, checks, files. */
    private static final Duration AROUND = Duration.ofSeconds(10);

    /** Of a phase beside the workload's run: the usual settle time of the director. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private final AgentConfig config;
    private final CampaignPlan plan;
    private final Map<Cell, List<Double>> byCell = new HashMap<>();
    private final Map<String, List<Double>> byWorkload = new HashMap<>();

    /** Where a time is from. */
    public enum Source {
        /** Sessions of the same cell. */
        MEASURED,
        /** Sessions of the same workload. */
        SIMILAR,
        /** The key expect of the workload. */
        EXPECTED,
        /** Nobody knows. */
        UNKNOWN
    }

    /**
     * A session's time, with gates and all around it.
     *
     * @param sessions how many earlier sessions it is by
     */
    public record Estimate(Duration time, Source source, int sessions) {}

    /** @param index the file of the index; need not be there */
    public EstimatedTime(AgentConfig config, CampaignPlan plan, Path index) {
        this.config = config;
        this.plan = plan;
        if (Files.exists(index)) {
            read(index);
        }
    }

    private void read(Path index) {
        TreeSet<String> names = new TreeSet<>();
        plan.cells().keySet().forEach(cell -> {
            cell.params().keySet().forEach(name -> names.add("params." + name));
            cell.settings().keySet().forEach(name -> names.add("settings." + name));
        });
        List<String> keys = new ArrayList<>(List.of("workload", "seconds.all", "outcome", "sut", "kind", "with"));
        int own = keys.size();
        keys.addAll(names);
        new ResultQuery(index, List.of()).each(keys, row -> {
            String workload = row[0];
            String seconds = row[1];
            boolean ours = config.sut().isEmpty() || config.sut().equals(row[3]);
            if (workload != null && seconds != null && "complete".equals(row[2]) && ours && !"ranging".equals(row[4])) {
                double time = Double.parseDouble(seconds);
                byWorkload.computeIfAbsent(workload, key -> new ArrayList<>()).add(time);
                plan.cells().keySet().stream()
                        .filter(cell -> cell.workload().equals(workload)
                                && runsBeside(cell).equals(Objects.requireNonNullElse(row[5], ""))
                                && alike(cell, keys, own, row))
                        .forEach(cell -> byCell.computeIfAbsent(cell, key -> new ArrayList<>())
                                .add(time));
            }
        });
    }

    private static String runsBeside(Cell cell) {
        return cell.companion().map(NamedCompanion::text).orElse("");
    }

    private static boolean alike(Cell cell, List<String> keys, int from, @Nullable String[] row) {
        for (int i = from; i < keys.size(); i++) {
            String key = keys.get(i);
            String name = key.substring(key.indexOf('.') + 1);
            String wanted = key.startsWith("params.")
                    ? cell.params().get(name)
                    : cell.settings().get(name);
            String there = row[i];
            if (wanted == null ? there != null : !wanted.equals(there)) {
                return false;
            }
        }
        return true;
    }

    /** One session of a cell. */
    public Estimate of(Cell cell) {
        List<Double> same = byCell.getOrDefault(cell, List.of());
        List<Double> similar = byWorkload.getOrDefault(cell.workload(), List.of());
        if (!same.isEmpty()) {
            return new Estimate(median(same).plus(between(cell)), Source.MEASURED, same.size());
        } else if (!similar.isEmpty()) {
            return new Estimate(median(similar).plus(between(cell)), Source.SIMILAR, similar.size());
        }
        AgentConfig.NamedWorkload workload = config.workloads().get(cell.workload());
        Optional<Duration> expected = workload == null ? Optional.empty() : workload.expect();
        return expected.map(once -> {
                    Duration ranging = plan.isInformal()
                            ? Duration.ZERO
                            : plan.rangingSeconds()
                                    .map(Duration::ofSeconds)
                                    .orElse(once)
                                    .plus(SETTLE.multipliedBy(2)); // of both phases
                    return new Estimate(once.plus(ranging).plus(between(cell)), Source.EXPECTED, 0);
                })
                .orElse(new Estimate(Duration.ZERO, Source.UNKNOWN, 0));
    }

    private static Duration median(List<Double> seconds) {
        double[] values = seconds.stream().mapToDouble(Double::doubleValue).toArray();
        return Duration.ofMillis(Math.round(GroupStatistics.of(values).median() * 1000));
    }

    private Duration between(Cell cell) {
        Duration all = AROUND;
        for (Gate gate : plan.before()) {
            all = all.plus(
                    gate instanceof Gate.Rest rest
                            ? rest.atLeast()
                            : gate instanceof Gate.WarmUp warmUp
                                    ? warmUp.length()
                                    : gate instanceof Gate.Cooldown cooldown
                                            ? cooldown.atMost().dividedBy(2)
                                            : Duration.ZERO);
        }
        AgentConfig.NamedWorkload beside = cell.companion()
                .map(one -> config.workloads().get(one.workload()))
                .orElse(null);
        if (beside != null) {
            all = all.plus(beside.warm().multipliedBy(plan.isInformal() ? 1 : 2)); // once a phase
        }
        for (String name : cell.settings().keySet()) {
            AgentConfig.MachineSetting setting = config.settings().get(name);
            if (setting != null) {
                all = all.plus(setting.settle().multipliedBy(2));
            }
        }
        return all;
    }
}
