package dev.wattline.analysis.result;

/**
 * What a strictly periodic load could do unseen.
 *
 * @param status {@code none}, {@code risk}, {@code proven} (the analyzer lacks an oscillation that nvidia-smi shows) or
 *     {@code unknown}
 * @param worstPeriodicPct 1.96 SD of the error under the worst periodic load, percent of the mean
 * @param worstPeriodMs that load's period in ms
 * @param evidence what the status rests on
 */
public record AliasResult(String status, double worstPeriodicPct, double worstPeriodMs, String evidence) {}
