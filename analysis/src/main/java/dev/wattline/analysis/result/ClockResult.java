package dev.wattline.analysis.result;

import org.jspecify.annotations.Nullable;

/**
 * How the nvidia-smi clock stands against the analyzer's: {@code utc = stamp - tzOffset - lag}.
 *
 * @param tzOffsetMin offset of the stamps' zone to UTC in minutes at the log's begin; null where it is not known
 * @param lagS lag in s, positive where the SUT's clock is ahead (it contains the sensor's delay); NaN where refused
 * @param lagSigmaS standard uncertainty of the lag in s
 * @param lagCi95S 95 % interval of the lag in s
 * @param sseRatio residual of the second best lag over that of the best
 * @param accepted whether the lag is trustworthy and was used
 * @param method how the lag was found
 * @param overlapS seconds that both logs cover
 * @param reason why there is no lag, or what reduces the trust in it; empty where there is nothing to say
 */
public record ClockResult(
        @Nullable Integer tzOffsetMin,
        double lagS,
        double lagSigmaS,
        Interval lagCi95S,
        double sseRatio,
        boolean accepted,
        String method,
        double overlapS,
        String reason) {}
