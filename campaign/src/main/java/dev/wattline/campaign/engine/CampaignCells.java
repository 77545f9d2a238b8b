package dev.wattline.campaign.engine;

import dev.wattline.campaign.plan.CampaignLimits;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.plan.RebootPolicy;
import dev.wattline.campaign.plan.RetryPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a campaign measures, in the order that was made when it began.
 *
 * @param name of the campaign
 * @param seed which the order was made by
 * @param order of all cell repeats
 * @param byKey the cells by their keys
 * @param gates what must hold before each session
 * @param policy how often one is tried again
 * @param limits until when it goes on
 * @param reboot when the machine is started anew
 */
public record CampaignCells(
        String name,
        long seed,
        List<CellRepeat> order,
        Map<String, Cell> byKey,
        List<Gate> gates,
        RetryPolicy policy,
        CampaignLimits limits,
        Optional<RebootPolicy> reboot) {
    public CampaignCells {
        order = List.copyOf(order);
        byKey = Map.copyOf(byKey);
        gates = List.copyOf(gates);
    }

    /** A label that no other attempt has; it is part of the session's name. */
    public String label(CellRepeat what, int attempt) {
        return name + "_" + what.cell() + "_r" + what.repeat() + "_a" + attempt;
    }

    /** A cell repeat for a person. */
    public String shown(CellRepeat what) {
        return Objects.requireNonNull(byKey.get(what.cell())).shown() + ", repeat " + what.repeat();
    }
}
