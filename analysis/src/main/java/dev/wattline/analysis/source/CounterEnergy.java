package dev.wattline.analysis.source;

import dev.wattline.files.TelemetryMeta.Series;

/**
 * Energy from a counter: the difference of its values at the interval's ends, interpolated within the step between two
 * readings. A counter that wraps around is continued by its own range; one that starts anew makes the energy unknown,
 * never the difference.
 */
final class CounterEnergy {
    private static final double LONGEST_GAP_S = 3; // of the readings' begin or end against the interval's

    private final Track track;
    private final SourcePrior prior;
    private final double[] joules;
    private final String broken;

    private CounterEnergy(Track track) {
        this.track = track;
        this.prior = SourcePrior.of(track.source(), track.series());
        this.joules = new double[track.size()];
        this.broken = unwrap();
    }

    static IntervalEnergy over(Track track, double fromS, double toS) {
        CounterEnergy counter = new CounterEnergy(track);
        if (!counter.broken.isEmpty()) {
            return IntervalEnergy.unknown(track, counter.broken);
        }
        return counter.between(fromS, toS);
    }

    /** Energy since the first reading at each of them, in J; NaN where that cannot be told. */
    static double[] joules(Track track) {
        CounterEnergy counter = new CounterEnergy(track);
        if (!counter.broken.isEmpty()) {
            java.util.Arrays.fill(counter.joules, Double.NaN);
        }
        return counter.joules;
    }

    /** Fills {@link #joules} with the energy since the first reading; returns why that cannot be done. */
    private String unwrap() {
        if (track.size() < 2) {
            return "fewer than two readings";
        }
        Series series = track.series();
        double unit = Units.joules(series.unit());
        double sum = 0;
        for (int i = 1; i < track.size(); i++) {
            double step = track.value(i) - track.value(i - 1);
            if (step < 0) {
                double wrapped = step + series.range() + series.resolution();
                if (series.range() <= 0) {
                    return "the counter went back";
                }
                // A wrap leaves a small step; one of more than half of the range is a counter that began anew.
                if (wrapped < 0 || wrapped > series.range() / 2) {
                    return "the counter began anew";
                }
                step = wrapped;
            }
            sum += step * unit;
            joules[i] = sum;
        }
        return "";
    }

    private IntervalEnergy between(double fromS, double toS) {
        int last = track.size() - 1;
        double lateBegin = track.seconds(0) - fromS;
        double earlyEnd = toS - track.seconds(last);
        if (Math.max(lateBegin, earlyEnd) > LONGEST_GAP_S) {
            return IntervalEnergy.unknown(track, "the readings do not cover the interval");
        }
        End begin = at(fromS);
        End end = at(toS);
        double read = end.joules - begin.joules;
        double seconds = toS - fromS;
        if (read <= 0) {
            return IntervalEnergy.unknown(
                    track, seconds > 2 ? "the counter stood still" : "the counter did not move in so short a time");
        }
        // The counter shows what was used until a moment before. What the power was then is known at the end; at the
        // begin only as between nothing and that, unless readings go back so far.
        double late = prior.lateS();
        double before = powerBefore(fromS);
        double beforeSigma = 0;
        if (Double.isNaN(before)) {
            before = end.watts / 2;
            beforeSigma = end.watts / Math.sqrt(12);
        }
        double moved = late * (end.watts - before);
        double update =
                track.series().updateMs() == null ? 2 * late : track.series().updateMs() / 1e3;
        double highest = 1.5 * Math.max(end.watts, begin.watts);
        double resolution =
                track.series().resolution() * Units.joules(track.series().unit());
        double variance = begin.variance
                + end.variance
                + update * update / 12 * 2 * highest * highest
                + sq(prior.lateSigmaS() * (end.watts - before))
                + sq(late * beforeSigma)
                + resolution * resolution / 6;
        double energy = (read + moved - prior.offsetW() * seconds) / prior.gain();
        variance += sq(energy * prior.gainSigma() / prior.gain()) + sq(prior.offsetSigmaW() * seconds);
        return IntervalEnergy.known(track, energy, Math.sqrt(variance));
    }

    private static double sq(double value) {
        return value * value;
    }

    /** The counter at a moment, with the variance of that in J^2, and the power of the step that it lies in. */
    private record End(double joules, double variance, double watts) {}

    private End at(double when) {
        int last = track.size() - 1;
        int step = 1; // the reading that ends the step
        while (step < last && track.seconds(step) < when) {
            step++;
        }
        double watts = power(step);
        double inside = when - track.seconds(step - 1);
        double length = track.seconds(step) - track.seconds(step - 1);
        double neighbour = step < last ? power(step + 1) : step > 1 ? power(step - 1) : 0;
        double outside = Math.max(0, Math.max(-inside, inside - length));
        // Power within the step may be anything that its energy allows.
        double error = Math.min(length / Math.sqrt(12) * Math.abs(neighbour - watts), watts * length);
        boolean atReading = Math.min(Math.abs(inside), Math.abs(length - inside)) < 1e-3;
        double sigma = Math.hypot(atReading ? 0 : error, outside * watts);
        return new End(joules[step - 1] + watts * inside, sigma * sigma, watts);
    }

    private double power(int step) {
        double length = track.seconds(step) - track.seconds(step - 1);
        return length > 0 ? (joules[step] - joules[step - 1]) / length : 0;
    }

    /** Mean power of the readings before a moment; NaN where there are none that reach half a second back. */
    private double powerBefore(double when) {
        if (when - track.seconds(0) < 0.5) {
            return Double.NaN;
        }
        int step = 1;
        while (step + 1 < track.size() && track.seconds(step + 1) <= when) {
            step++;
        }
        return power(step);
    }
}
