package dev.wattline.campaign.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order in which a plan's cells are measured; it is made once and kept, never made again. */
public final class RunOrder {
    private RunOrder() {}

    /** Of all cells and repeats of a plan. */
    public static List<CellRepeat> of(CampaignPlan plan, long seed) {
        Random random = new Random(seed);
        List<CellRepeat> all = new ArrayList<>();
        int most =
                plan.cells().values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int repeat = 1; repeat <= most; repeat++) {
            List<CellRepeat> block = new ArrayList<>();
            int number = repeat;
            plan.cells().forEach((cell, repeats) -> {
                if (number <= repeats) {
                    block.add(new CellRepeat(cell.key(), number));
                }
            });
            if (plan.order() == CampaignPlan.Order.RANDOM_BLOCKS) {
                Collections.shuffle(block, random);
            }
            all.addAll(block);
        }
        if (plan.order() == CampaignPlan.Order.RANDOM) {
            Collections.shuffle(all, random);
        }
        return List.copyOf(all);
    }
}
