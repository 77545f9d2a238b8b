package dev.wattline.analysis.source;

import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.source.CounterTruth.Verdict;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds a card's energy counter against power that was sampled of the same card: first whether it moves at all, then by
 * {@link CounterFit} what gain, offset and lag it has. It says that a counter is wrong only where no error of the samples
 * explains what was found.
 */
final class CounterTrial {
    private static final double LEAST_S = 20;
    private static final int FEWEST_BLOCKS = 6;
    private static final double BLOCK_S = 5;
    private static final int MOST_BLOCKS = 600;
    private static final double STILL_S = 2; // beyond the time that the counter takes between two updates
    private static final double STILL_W = 5; // of the samples: a card that draws power
    private static final double MADE_GOOD = 0.8; // of the energy that passed while it stood still
    private static final double LONGEST_GAP_S = 3; // between two samples
    private static final double NEAR = 0.02; // of a gain of 1
    private static final double OFFSET_W = 2;
    private static final double TELLS = 0.05; // half-width of a gain that says anything
    private static final double STRAIGHT = 0.01; // of the mean: residuals that the errors of both do not explain
    private static final double LATE_S = 0.3;
    private static final double WRONG = 0.15; // of the energy
    private static final double SAMPLES_OFFSET_W = 2 * 7.2; // of a population of 23 cards, as in SourcePrior
    private static final double MODULE = 1.15;
    private static final double MOST_SCALED = 2.5;
    private static final double WHOLE = 0.9; // share of time that the samples see

    private static final Pattern SUPERCHIP = Pattern.compile("\\bG[HB]\\d");

    private final Track counter;
    private final CardSamples samples;
    private final double[] joules;
    private final double updateS;

    private CounterTrial(Track counter, CardSamples samples) {
        this.counter = counter;
        this.samples = samples;
        this.joules = CounterEnergy.joules(counter);
        Double update = counter.series().updateMs();
        this.updateS = update == null ? 0 : update / 1e3;
    }

    /** Each counter of a card for which there is sampled power. */
    static List<CounterTruth> of(Path folder, TelemetryMeta meta, List<Track> tracks) {
        List<CounterTruth> found = new ArrayList<>();
        List<Track> counters = tracks.stream()
                .filter(track -> track.series().scope().equals("gpu")
                        && track.series().kind() == Kind.COUNTER
                        && track.size() > 1)
                .toList();
        if (counters.isEmpty()) {
            return found;
        }
        List<CardSamples> smi = CardSamples.nvidiaSmi(folder, meta);
        for (Track counter : counters) {
            Optional<CardSamples> own = tracks.stream()
                    .filter(track -> track.source().equals(counter.source())
                            && track.series().entity().equals(counter.series().entity())
                            && track.series().quantity().equals("power")
                            && track.size() > 1)
                    .findFirst()
                    .map(CardSamples::of);
            smi.stream()
                    .filter(card -> card.entity().equals(counter.series().entity()))
                    .findFirst()
                    .or(() -> own)
                    .ifPresent(card -> found.add(of(counter, card)));
        }
        return found;
    }

    /** The same of a session that is calibrated, where a counter without samples is held against time alone. */
    static List<CounterTruth> ofAll(Path folder, TelemetryMeta meta) {
        List<Track> tracks = ReadingFiles.read(folder, meta);
        List<CounterTruth> found = new ArrayList<>(of(folder, meta, tracks));
        for (Track track : tracks) {
            boolean seen = found.stream()
                    .anyMatch(one -> one.source().equals(track.source())
                            && one.entity().equals(track.series().entity()));
            if (track.series().scope().equals("gpu") && track.series().kind() == Kind.COUNTER && !seen) {
                double still = longestStillS(track);
                Double update = track.series().updateMs();
                if (still > STILL_S + (update == null ? 0 : update / 1e3)) {
                    found.add(CounterTruth.without(
                            track.source(),
                            track.series().entity(),
                            "",
                            Verdict.STUCK,
                            still,
                            String.format(
                                    Locale.ROOT, "it stood still for %.0f s, and no card that runs draws 0 W", still)));
                }
            }
        }
        return found;
    }

    private static double longestStillS(Track track) {
        double longest = 0;
        for (int i = 1, from = 0; i < track.size(); i++) {
            if (track.value(i) != track.value(from)) {
                from = i;
            }
            longest = Math.max(longest, track.utc(i) - track.utc(from));
        }
        return longest;
    }

    static CounterTruth of(Track counter, CardSamples samples) {
        return new CounterTrial(counter, samples).verdict();
    }

    private CounterTruth verdict() {
        if (joules.length < 2 || Double.isNaN(joules[joules.length - 1])) {
            return without(Verdict.CANNOT_SAY, 0, "the counter began anew");
        }
        double still = stillS();
        if (still > 0) {
            return without(
                    Verdict.STUCK,
                    still,
                    String.format(Locale.ROOT, "it stood still for %.0f s while the card drew power", still));
        }
        List<CounterFit.Block> blocks = blocks();
        double seconds = blocks.stream().mapToDouble(CounterFit.Block::seconds).sum();
        if (blocks.size() < FEWEST_BLOCKS || seconds < LEAST_S) {
            return without(
                    Verdict.CANNOT_SAY,
                    seconds,
                    blocks.size() < FEWEST_BLOCKS
                            ? "fewer than " + FEWEST_BLOCKS + " readings of the counter with samples between"
                            : String.format(Locale.ROOT, "shorter than %.0f s", LEAST_S));
        }
        return judge(new CounterFit(blocks, samples, updateS, resolutionJ()), seconds);
    }

    private double resolutionJ() {
        return counter.series().resolution() * Units.joules(counter.series().unit());
    }

    private CounterTruth without(Verdict verdict, double seconds, String why) {
        return CounterTruth.without(
                counter.source(), counter.series().entity(), samples.source(), verdict, seconds, why);
    }

    /** The longest time without a change under load that the counter did not make good afterwards; 0 without one. */
    private double stillS() {
        double longest = 0;
        PowerSeries series = samples.series();
        for (int i = 1, from = 0; i < joules.length; i++) {
            if (joules[i] > joules[from]) {
                from = i;
                continue;
            }
            double begin = Math.max(counter.utc(from), series.firstMs() / 1e3);
            double end = Math.min(counter.utc(i), series.lastMs() / 1e3);
            double length = end - begin;
            boolean ends = i + 1 == joules.length || joules[i + 1] > joules[i];
            if (!ends || length <= STILL_S + updateS || !isSampled(begin, end)) {
                continue;
            }
            int next = Math.min(i + 1, joules.length - 1);
            double[] drawn = series.energyAt(new double[] {1e3 * begin, 1e3 * end, 1e3 * counter.utc(next)});
            boolean loaded = drawn[1] - drawn[0] > Math.max(STILL_W * length, 10 * resolutionJ());
            boolean madeGood = next > i && joules[next] - joules[from] > MADE_GOOD * (drawn[2] - drawn[0]);
            if (loaded && !madeGood) {
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }

    private boolean isSampled(double fromS, double toS) {
        PowerSeries series = samples.series();
        if (1e3 * fromS < series.firstMs() || 1e3 * toS > series.lastMs()) {
            return false;
        }
        int last = Math.min(series.size() - 1, series.indexAtOrAfter(1e3 * toS));
        for (int i = Math.max(1, series.indexAtOrAfter(1e3 * fromS)); i <= last; i++) {
            if (series.timeMs(i) - series.timeMs(i - 1) > 1e3 * LONGEST_GAP_S) {
                return false;
            }
        }
        return true;
    }

    private List<CounterFit.Block> blocks() {
        double span = counter.utc(joules.length - 1) - counter.utc(0);
        double least = Math.max(BLOCK_S, span / MOST_BLOCKS);
        List<CounterFit.Block> blocks = new ArrayList<>();
        for (int i = 1, from = 0; i < joules.length; i++) {
            double begin = counter.utc(from);
            double end = counter.utc(i);
            if (end - begin < least - 1e-3) {
                continue;
            }
            // The samples are moved by up to the widest lag that is sought.
            if (isSampled(begin - CounterFit.LATEST_S, end - CounterFit.EARLIEST_S)) {
                blocks.add(new CounterFit.Block(begin, end, joules[i] - joules[from]));
            }
            from = i;
        }
        return blocks;
    }

    private CounterTruth judge(CounterFit fit, double seconds) {
        double gain = fit.gain();
        double half = fit.gainHalf();
        double offset = fit.offsetW();
        double offsetHalf = fit.offsetHalfW();
        double ratio = fit.ratio();
        double ratioHalf = fit.ratioHalf();
        double allowed = SAMPLES_OFFSET_W / fit.samplesW();
        boolean known = half <= TELLS;
        boolean near = known && Math.abs(gain - 1) <= NEAR && half <= NEAR;
        boolean level = Math.abs(offset) <= Math.max(OFFSET_W, offsetHalf);
        boolean off = known && (gain - half > 1 + NEAR || gain + half < 1 - NEAR);
        boolean wrong = ratio - ratioHalf > 1 + WRONG + allowed || ratio + ratioHalf < 1 - WRONG - allowed;
        boolean bounded = !known || (gain - half < MOST_SCALED && gain + half > 1 / MOST_SCALED);
        String found = String.format(Locale.ROOT, "%.3f of the samples' energy", ratio)
                + (half < MOST_SCALED
                        ? String.format(
                                Locale.ROOT,
                                ", gain %.3f (%.3f to %.3f), offset %.1f W (%.1f to %.1f)",
                                gain,
                                gain - half,
                                gain + half,
                                offset,
                                offset - offsetHalf,
                                offset + offsetHalf)
                        : "; the load varies too little to tell gain and offset apart");
        Verdict verdict;
        String why = found;
        if (SUPERCHIP.matcher(samples.name() + " " + counter.series().name()).find()
                && (known ? gain - half : ratio - ratioHalf - allowed) > MODULE) {
            verdict = Verdict.MODULE;
        } else if (near && level) {
            boolean late = fit.lagS() - fit.lagHalfS() > LATE_S + updateS;
            verdict = late ? Verdict.LAGS : Verdict.AGREES;
            why = late
                    ? String.format(Locale.ROOT, "%.2f s late (± %.2f s); %s", fit.lagS(), fit.lagHalfS(), found)
                    : found;
        } else if (samples.coverage() < WHOLE) {
            verdict = Verdict.CANNOT_SAY;
            why = found + "; the samples do not see all of the time, and a load that repeats itself may mislead them";
        } else if (off && bounded && fit.unexplained() < STRAIGHT) {
            verdict = Verdict.SCALED;
        } else if (wrong) {
            verdict = Verdict.CONTRADICTS;
        } else {
            verdict = Verdict.CANNOT_SAY;
        }
        return new CounterTruth(
                counter.source(),
                counter.series().entity(),
                samples.source(),
                verdict,
                gain,
                half,
                offset,
                offsetHalf,
                fit.lagS(),
                fit.lagHalfS(),
                ratio,
                ratioHalf,
                seconds,
                why);
    }
}
