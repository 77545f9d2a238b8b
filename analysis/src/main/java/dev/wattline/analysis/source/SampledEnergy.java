package dev.wattline.analysis.source;

/**
 * Energy from readings of power: their mean over time, moved by what the source is behind, with what power may have done
 * unseen between and within them.
 */
final class SampledEnergy {
    private static final double SLACK_S = 3;

    private SampledEnergy() {}

    static IntervalEnergy over(Track track, double fromS, double toS) {
        double unit = Units.watts(track.series().unit());
        int first = 0;
        while (first + 1 < track.size() && track.seconds(first + 1) <= fromS) {
            first++;
        }
        int last = track.size() - 1;
        while (last > first && track.seconds(last - 1) >= toS) {
            last--;
        }
        int count = last - first + 1;
        if (track.size() == 0 || count < 2) {
            return IntervalEnergy.unknown(track, "fewer than two readings");
        }
        if (track.seconds(first) - fromS > SLACK_S || toS - track.seconds(last) > SLACK_S) {
            return IntervalEnergy.unknown(track, "the readings do not cover the interval");
        }
        double area = 0;
        double squares = 0;
        double longest = 0;
        for (int i = first + 1; i <= last; i++) {
            double length = track.seconds(i) - track.seconds(i - 1);
            area += length * (track.value(i) + track.value(i - 1)) / 2 * unit;
            squares += Math.pow((track.value(i) - track.value(i - 1)) * unit, 2);
            longest = Math.max(longest, length);
        }
        double span = track.seconds(last) - track.seconds(first);
        if (!(span > 0) || longest > Math.max(SLACK_S, span / 2 + SLACK_S)) {
            return IntervalEnergy.unknown(track, "the readings have a gap of " + Math.round(longest) + " s");
        }
        double seconds = toS - fromS;
        double mean = area / span;
        SourcePrior prior = SourcePrior.of(track.source(), track.series());
        double begin = track.value(first) * unit;
        double end = track.value(last) * unit;
        double moved = prior.lateS() * (end - begin);
        double sampling = squares / (count - 1) / 2 / count; // of the mean, in W^2
        double unseen = SourcePrior.UNSEEN_SHARE * mean * Math.min(1, prior.unseenS() / seconds);
        double step = track.series().resolution() * unit;
        double energy = (mean * seconds + moved - prior.offsetW() * seconds) / prior.gain();
        double variance = sampling * seconds * seconds
                + Math.pow(unseen * seconds, 2)
                + Math.pow(prior.lateSigmaS() * (end - begin), 2)
                + step * step / 12 * seconds * seconds
                + Math.pow(prior.offsetSigmaW() * seconds, 2)
                + Math.pow(energy * prior.gainSigma() / prior.gain(), 2);
        return IntervalEnergy.known(track, energy, Math.sqrt(variance));
    }
}
