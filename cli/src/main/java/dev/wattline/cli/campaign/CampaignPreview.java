package dev.wattline.cli.campaign;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.Standing;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.report.EstimatedTime;
import dev.wattline.campaign.report.EstimatedTime.Estimate;
import dev.wattline.campaign.report.EstimatedTime.Source;
import dev.wattline.cli.json.CampaignJson;
import dev.wattline.cli.terminal.TextTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a campaign comes to before anything runs: cells, sessions, time. */
final class CampaignPreview {
    private static final Duration SHORT = Duration.ofMinutes(3); // below that seconds are told

    private final CampaignPlan plan;
    private final EstimatedTime estimated;

    CampaignPreview(AgentConfig config, CampaignPlan plan, Path index) {
        this.plan = plan;
        this.estimated = new EstimatedTime(config, plan, index);
    }

    void print(boolean json, Consumer<String> out) {
        Map<Source, Integer> sessions = new EnumMap<>(Source.class);
        Duration all = Duration.ZERO;
        List<List<String>> rows = new ArrayList<>(List.of(List.of("cell", "sessions", "each", "by")));
        for (var entry : plan.cells().entrySet()) {
            Estimate each = estimated.of(entry.getKey());
            all = all.plus(each.time().multipliedBy(entry.getValue()));
            sessions.merge(each.source(), entry.getValue(), Integer::sum);
            rows.add(List.of(
                    entry.getKey().shown(),
                    String.valueOf(entry.getValue()),
                    each.source() == Source.UNKNOWN ? "-" : shown(each.time()),
                    word(each)));
        }
        int unknown = sessions.getOrDefault(Source.UNKNOWN, 0);
        if (json) {
            out.accept(CampaignJson.preview(plan, all, sessions));
            return;
        }
        TextTable.print(rows, 1, out);
        if (plan.isInformal()) {
            out.accept("informal: one phase a session, measured by this machine's own sources");
        }
        out.accept(plan.cells().size() + " cells, " + plan.sessions() + " sessions, "
                + (unknown == plan.sessions() ? "of unknown time" : shown(all) + " without retries")
                + (unknown > 0 && unknown < plan.sessions() ? ", and " + unknown + " of unknown time" : ""));
        if (unknown > 0) {
            out.accept("the key expect of a workload in the agent's configuration tells how long one run of it takes");
        }
    }

    /** How long what is still to be measured takes; empty where nothing is. */
    Optional<String> left(CampaignCells cells, CampaignState state) {
        Duration all = Duration.ZERO;
        int known = 0;
        int unknown = 0;
        for (Map.Entry<CellRepeat, Standing> entry : state.standings().entrySet()) {
            Cell cell = cells.byKey().get(entry.getKey().cell());
            if (cell != null && !entry.getValue().isFinal()) {
                Estimate each = estimated.of(cell);
                all = all.plus(each.time());
                known += each.source() == Source.UNKNOWN ? 0 : 1;
                unknown += each.source() == Source.UNKNOWN ? 1 : 0;
            }
        }
        if (known + unknown == 0) {
            return Optional.empty();
        }
        return Optional.of("left: "
                + (known > 0 ? shown(all) + " without retries" : "")
                + (known > 0 && unknown > 0 ? ", and " : "")
                + (unknown > 0 ? unknown + " sessions of unknown time" : ""));
    }

    private static String word(Estimate each) {
        String number = each.sessions() + (each.sessions() == 1 ? " session" : " sessions");
        return switch (each.source()) {
            case MEASURED -> number + " of the cell";
            case SIMILAR -> number + " of the workload";
            case EXPECTED -> "expect";
            case UNKNOWN -> "nothing known";
        };
    }

    static String shown(Duration time) {
        if (time.compareTo(SHORT) < 0) {
            return time.toSeconds() + " s";
        }
        long minutes = (time.toSeconds() + 59) / 60;
        return minutes >= 60 ? minutes / 60 + " h " + minutes % 60 + " min" : minutes + " min";
    }
}
