package dev.wattline.campaign.engine;

import dev.wattline.campaign.plan.CellRepeat;

/**
 * An attempt of which nobody has said how it ended.
 *
 * @param number from 1
 * @param boot at which start of the machine it was begun
 * @param handedOver whether the runner may have had it
 */
public record OpenAttempt(CellRepeat what, int number, String boot, boolean handedOver) {
    OpenAttempt asHandedOver() {
        return new OpenAttempt(what, number, boot, true);
    }
}
