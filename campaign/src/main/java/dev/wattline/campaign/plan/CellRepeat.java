package dev.wattline.campaign.plan;

/**
 * A cell that is to be measured for the nth time.
 *
 * @param cell the cell's key
 * @param repeat from 1
 */
public record CellRepeat(String cell, int repeat) {
    @Override
    public String toString() {
        return cell + "/" + repeat;
    }
}
