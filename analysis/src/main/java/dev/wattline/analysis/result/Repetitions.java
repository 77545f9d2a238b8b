package dev.wattline.analysis.result;

import java.util.Map;

/**
 * How often the run would have to be repeated for the sampling error of the mean to fall below a target.
 *
 * @param cv1Pct SD of one run in percent, from the error budget; NaN where none was given
 * @param nForTarget runs needed by target in percent ({@code "5"}, {@code "2"}, {@code "1"}); empty where not known
 * @param cv1WorstPct SD of one run in percent under the worst periodic load
 * @param nForTargetWorst runs needed then
 * @param advice how to space the repetitions so that their phases are independent
 */
public record Repetitions(
        double cv1Pct,
        Map<String, Integer> nForTarget,
        double cv1WorstPct,
        Map<String, Integer> nForTargetWorst,
        String advice) {}
