package dev.wattline.analysis.source;

import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Series;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether polling keeps a card awake: what it draws while nothing runs, by its energy counter, unpolled and polled.
 *
 * @param entity the card
 * @param name what it is called
 * @param verdict how it came out
 * @param unpolledW mean power unpolled; NaN where not known
 * @param unpolledHalfW half of its 95 % interval
 * @param polledW mean power polled; NaN where not known
 * @param polledHalfW half of its 95 % interval
 * @param why in words what the verdict is made of
 */
public record ObserverEffect(
        String entity,
        String name,
        Verdict verdict,
        double unpolledW,
        double unpolledHalfW,
        double polledW,
        double polledHalfW,
        String why) {
    private static final double LEAST_W = 2;
    private static final double LEAST_SHARE = 0.05;
    private static final double SETTLES_S = 2; // until what is polled for the first time draws what it then draws
    private static final int FEWEST_CHANGES = 4;

    /** How it came out. */
    public enum Verdict {
        /** Polled it draws what it draws unpolled, within 2 W or 5 %, whichever is more. */
        NONE,
        /** It draws more while it is polled. */
        KEPT_AWAKE,
        /** What was measured does not tell. */
        CANNOT_SAY;

        /** As in texts and files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A counter over a time in which it was read at both ends alone.
     *
     * @param counter what was read
     * @param seconds between the two readings
     * @param difference between them in the counter's unit; NaN where one could not be had
     * @param callSeconds how long a reading took, the longer of the two
     */
    public record Unpolled(Series counter, double seconds, double difference, double callSeconds) {}

    /** Mean power with half of its 95 % interval. */
    private record Watts(double mean, double half) {}

    /**
     * Holds what each card drew unpolled against what it drew while its readings were written.
     *
     * @param folder that of {@code meta.json}
     * @param quiet the part of them in which nothing ran
     */
    public static List<ObserverEffect> of(
            List<Unpolled> unpolled, Path folder, TelemetryMeta meta, EnergyStatement.Window quiet) {
        List<Track> tracks = ReadingFiles.read(folder, meta);
        return unpolled.stream()
                .map(one -> tracks.stream()
                        .filter(track ->
                                track.series().entity().equals(one.counter().entity())
                                        && track.series().kind() == TelemetryMeta.Kind.COUNTER)
                        .findFirst()
                        .map(track -> of(one, track, quiet.beginNanos() / 1e9, quiet.endNanos() / 1e9))
                        .orElseGet(() -> cannotSay(one, "its counter was not read while it was polled")))
                .toList();
    }

    /**
     * The same of one card.
     *
     * @param fromS begin of the quiet time in which it was polled, in s of the track's monotonic clock
     * @param toS its end
     */
    static ObserverEffect of(Unpolled unpolled, Track polled, double fromS, double toS) {
        if (Double.isNaN(unpolled.difference())) {
            return cannotSay(unpolled, "its counter could not be read while nothing polled it");
        }
        if (unpolled.difference() < 0) {
            return cannotSay(unpolled, "its counter began anew while nothing polled it");
        }
        if (unpolled.difference() == 0) {
            return cannotSay(
                    unpolled,
                    String.format(
                            Locale.ROOT,
                            "its counter stood still for %.0f s, and no card that runs draws 0 W",
                            unpolled.seconds()));
        }
        Track part = part(polled, fromS + SETTLES_S, toS);
        int changes = 0;
        for (int i = 1; i < part.size(); i++) {
            if (part.value(i) < part.value(i - 1)) {
                return cannotSay(unpolled, "its counter began anew while it was polled");
            }
            changes += part.value(i) > part.value(i - 1) ? 1 : 0;
        }
        if (changes < FEWEST_CHANGES) {
            return cannotSay(
                    unpolled, "its counter changed " + changes + " times while it was polled, too seldom to tell");
        }
        return judge(unpolled, ofEnds(unpolled), ofTrack(part));
    }

    private static ObserverEffect judge(Unpolled card, Watts unpolled, Watts polled) {
        double more = polled.mean - unpolled.mean;
        double half = Math.hypot(unpolled.half, polled.half);
        double limit = Math.max(LEAST_W, LEAST_SHARE * unpolled.mean);
        String seen = String.format(
                Locale.ROOT,
                "%.1f W ±%.1f unpolled, %.1f W ±%.1f polled: %+.1f W ±%.1f",
                unpolled.mean,
                unpolled.half,
                polled.mean,
                polled.half,
                more,
                half);
        Verdict verdict = Verdict.CANNOT_SAY;
        String why = seen + String.format(Locale.ROOT, ", which tells nothing of %.1f W", limit);
        if (more - half > limit) {
            verdict = Verdict.KEPT_AWAKE;
            why = seen;
        } else if (Math.abs(more) + half <= limit) {
            verdict = Verdict.NONE;
            why = seen;
        } else if (more + half < -limit) {
            why = seen + "; polling makes no card draw less: something else ran before";
        }
        return new ObserverEffect(
                card.counter().entity(),
                card.counter().name(),
                verdict,
                unpolled.mean,
                unpolled.half,
                polled.mean,
                polled.half,
                why);
    }

    /** How far back a reading is, is not known, up to an update, nor when it was taken within a call. */
    private static Watts ofEnds(Unpolled unpolled) {
        double watts = unpolled.difference() * Units.joules(unpolled.counter().unit()) / unpolled.seconds();
        double edge = Math.hypot(updateS(unpolled.counter()), unpolled.callSeconds()) / Math.sqrt(12);
        return new Watts(watts, IntervalEnergy.K95 * Math.sqrt(2) * edge * watts / unpolled.seconds());
    }

    /** A straight line through the readings. */
    private static Watts ofTrack(Track part) {
        int n = part.size();
        double unit = Units.joules(part.series().unit());
        double meanS = 0;
        double meanJ = 0;
        for (int i = 0; i < n; i++) {
            meanS += (part.seconds(i) - part.seconds(0)) / n;
            meanJ += (part.value(i) - part.value(0)) * unit / n;
        }
        double squares = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            double s = part.seconds(i) - part.seconds(0) - meanS;
            squares += s * s;
            products += s * ((part.value(i) - part.value(0)) * unit - meanJ);
        }
        double watts = products / squares;
        double left = 0;
        for (int i = 0; i < n; i++) {
            double s = part.seconds(i) - part.seconds(0) - meanS;
            left += Math.pow((part.value(i) - part.value(0)) * unit - meanJ - watts * s, 2);
        }
        double sigma = Math.max(Math.sqrt(left / (n - 2)), updateS(part.series()) / Math.sqrt(12) * watts);
        return new Watts(watts, IntervalEnergy.K95 * sigma / Math.sqrt(squares));
    }

    private static double updateS(Series counter) {
        Double update = counter.updateMs();
        return update == null ? 0 : update / 1e3;
    }

    private static Track part(Track track, double fromS, double toS) {
        Track part = new Track(track.source(), track.series());
        for (int i = 0; i < track.size(); i++) {
            if (track.seconds(i) >= fromS && track.seconds(i) <= toS) {
                part.add(track.seconds(i), track.value(i));
            }
        }
        return part;
    }

    private static ObserverEffect cannotSay(Unpolled card, String why) {
        double none = Double.NaN;
        return new ObserverEffect(
                card.counter().entity(), card.counter().name(), Verdict.CANNOT_SAY, none, none, none, none, why);
    }
}
