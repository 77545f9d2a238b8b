package dev.wattline.campaign.engine;

import dev.wattline.campaign.engine.CampaignLine.Aborted;
import dev.wattline.campaign.engine.CampaignLine.Defined;
import dev.wattline.campaign.engine.CampaignLine.Gated;
import dev.wattline.campaign.engine.CampaignLine.Rebooting;
import dev.wattline.campaign.engine.CampaignLine.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a campaign's journal tells beside where each cell repeat stands.
 *
 * @param aborted whether somebody has ended it for good
 * @param definitions the hash of each workload's and setting's definition, as it was at its first session or was accepted later
 * @param accepted names of definitions that were changed while the campaign was under way, and accepted
 * @param firstReadings what each sensor said when a gate first looked at it
 * @param reboots how often the campaign has started the machine anew
 * @param attemptsSince how many attempts have ended since it last did
 */
public record CampaignHistory(
        boolean aborted,
        Map<String, String> definitions,
        List<String> accepted,
        Map<String, Double> firstReadings,
        int reboots,
        int attemptsSince) {
    static final CampaignHistory NONE = new CampaignHistory(false, Map.of(), List.of(), Map.of(), 0, 0);

    private static final String NUMBER = "-?[0-9.]+(E-?[0-9]+)?";

    public CampaignHistory {
        definitions = Map.copyOf(definitions);
        accepted = List.copyOf(accepted);
        firstReadings = Map.copyOf(firstReadings);
    }

    CampaignHistory after(CampaignLine line) {
        if (line instanceof Aborted) {
            return new CampaignHistory(true, definitions, accepted, firstReadings, reboots, attemptsSince);
        } else if (line instanceof Defined defined) {
            return defined(defined);
        } else if (line instanceof Gated gated && gated.value().matches(NUMBER)) {
            Map<String, Double> all = new LinkedHashMap<>(firstReadings);
            all.putIfAbsent(gated.gate(), Double.parseDouble(gated.value()));
            return new CampaignHistory(aborted, definitions, accepted, all, reboots, attemptsSince);
        } else if (line instanceof Rebooting rebooting) {
            return new CampaignHistory(aborted, definitions, accepted, firstReadings, rebooting.number(), 0);
        } else if (line instanceof Verdict) {
            return new CampaignHistory(aborted, definitions, accepted, firstReadings, reboots, attemptsSince + 1);
        }
        return this;
    }

    private CampaignHistory defined(Defined defined) {
        Map<String, String> all = new LinkedHashMap<>(definitions);
        all.put(defined.name(), defined.hash());
        List<String> changed = new ArrayList<>(accepted);
        if (defined.accepted()) {
            changed.add(defined.name());
        }
        return new CampaignHistory(aborted, all, changed, firstReadings, reboots, attemptsSince);
    }
}
