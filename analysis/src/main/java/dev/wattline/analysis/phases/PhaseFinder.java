package dev.wattline.analysis.phases;

import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Divides a run into phases and names them where the evidence allows: LoadGen's power window is the steady phase, what
 * lies around it is told by level, utilisation and memory. Without the window only idle, active and transition are certain.
 */
public final class PhaseFinder {
    private static final int SHORTEST = 3;
    private static final double SAME_LEVEL = 0.02;
    private static final double IDLE_ABOVE = 1.10;
    private static final double IDLE_RANGE = 0.03;
    private static final double IDLE_UTILISATION = 5;
    private static final double LOAD_SHARE = 0.40;
    private static final double STEADY_BAND = 0.3;
    private static final double TRANSITION_S = 10;
    private static final double TRANSITION_SPREAD = 0.08;

    private final Course course;
    private final double[] leading;
    private final double lowest;
    private final double highest;
    private final List<Piece> pieces = new ArrayList<>();

    /** A segment between two changes: positions, level and spread. */
    private record Piece(int from, int to, double level, double sd) {}

    private PhaseFinder(Course course, double penaltyFactor, @Nullable Window window) {
        this.course = course;
        this.leading = Course.filled(course.leading());
        TreeSet<Integer> cuts = new TreeSet<>(Segmenter.changes(signals(), SHORTEST, penaltyFactor));
        if (window != null) {
            int begin = course.indexAt(window.beginMs);
            int end = course.indexAt(window.endMs);
            cuts.removeIf(cut -> cut >= begin - 1 && cut <= end + 1);
            cuts.add(begin);
            cuts.add(end);
        }
        cuts.removeIf(cut -> cut <= 0 || cut >= course.size());
        int from = 0;
        cuts.add(course.size());
        for (int cut : cuts) {
            pieces.add(piece(from, cut));
            from = cut;
        }
        if (window == null) {
            merge();
        }
        this.lowest = pieces.stream().mapToDouble(Piece::level).min().orElse(0);
        this.highest = pieces.stream().mapToDouble(Piece::level).max().orElse(0);
    }

    /** LoadGen's power window in ms since the epoch. */
    public record Window(double beginMs, double endMs) {}

    /**
     * The phases of a run.
     *
     * @param window LoadGen's power window; null without one
     * @param penaltyFactor times the default penalty of a change
     */
    public static List<Span> find(Course course, @Nullable Window window, double penaltyFactor) {
        if (course.size() < 2 * SHORTEST) {
            return List.of();
        }
        PhaseFinder finder = new PhaseFinder(course, penaltyFactor, window);
        return window == null ? finder.withoutWindow() : finder.around(window);
    }

    private double[][] signals() {
        if (course.hasGpu() && Course.isKnown(course.wallW())) {
            return new double[][] {leading, Course.filled(course.wallW())};
        }
        return new double[][] {leading};
    }

    private Piece piece(int from, int to) {
        double[] values = Arrays.copyOfRange(leading, from, to);
        return new Piece(from, to, Stats.mean(values), Stats.sd(values));
    }

    /** Joins neighbours whose levels are nearly one: a restless phase is still one phase. */
    private void merge() {
        double range = pieces.stream().mapToDouble(Piece::level).max().orElse(0)
                - pieces.stream().mapToDouble(Piece::level).min().orElse(0);
        boolean again = true;
        while (again && pieces.size() > 1) {
            again = false;
            int closest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i + 1 < pieces.size(); i++) {
                double distance = distance(pieces.get(i), pieces.get(i + 1));
                if (distance < least) {
                    least = distance;
                    closest = i;
                }
            }
            if (least < SAME_LEVEL * range) {
                Piece joined = piece(pieces.get(closest).from, pieces.get(closest + 1).to);
                pieces.set(closest, joined);
                pieces.remove(closest + 1);
                again = true;
            }
        }
    }

    private static double distance(Piece a, Piece b) {
        double noise = Math.hypot(a.sd / Math.sqrt(a.to - a.from), b.sd / Math.sqrt(b.to - b.from));
        return Math.max(0, Math.abs(a.level - b.level) - 2 * noise);
    }

    private Span span(Piece piece, String source) {
        return new Span("unknown", course.startsMs()[piece.from], course.endsMs()[piece.to - 1], source, "Low", "");
    }

    private boolean isIdle(Piece piece) {
        double utilisation = Course.mean(course.utilisation(), piece.from, piece.to);
        boolean low = (piece.level <= lowest * IDLE_ABOVE && piece.level <= lowest + IDLE_RANGE * highest)
                || piece.level <= lowest + 0.02 * (highest - lowest);
        return highest > 1.15 * lowest && low && (Double.isNaN(utilisation) || utilisation <= IDLE_UTILISATION);
    }

    private boolean isTransition(int index) {
        Piece piece = pieces.get(index);
        double seconds = span(piece, "").seconds();
        boolean between = index > 0
                && index + 1 < pieces.size()
                && (piece.level - pieces.get(index - 1).level) * (pieces.get(index + 1).level - piece.level) > 0;
        return seconds <= TRANSITION_S && between && piece.sd > TRANSITION_SPREAD * piece.level;
    }

    private String levelText(Piece piece) {
        return String.format(
                Locale.ROOT,
                "%s %.0f W of %.0f to %.0f W",
                course.hasGpu() ? "GPU power" : "wall power",
                piece.level,
                lowest,
                highest);
    }

    /** Joins to the main load what is nearly its level, over short dips too: LoadGen's pauses are part of the run. */
    private void gatherSteady() {
        int best = steady();
        if (best < 0) {
            return;
        }
        double level = pieces.get(best).level;
        int from = best;
        int to = best;
        boolean grew = true;
        while (grew) {
            grew = false;
            for (int reach = 1; reach <= 2 && !grew; reach++) {
                if (joins(from - reach, from, level)) {
                    from -= reach;
                    grew = true;
                } else if (joins(to + reach, to, level)) {
                    to += reach;
                    grew = true;
                }
            }
        }
        Piece whole = piece(pieces.get(from).from, pieces.get(to).to);
        pieces.subList(from, to + 1).clear();
        pieces.add(from, whole);
    }

    /** Whether a piece near the main load belongs to it; what lies between the two must be short. */
    private boolean joins(int candidate, int edge, double level) {
        if (candidate < 0 || candidate >= pieces.size()) {
            return false;
        }
        int between = (candidate + edge) / 2;
        boolean near = Math.abs(candidate - edge) == 1
                || (span(pieces.get(between), "").seconds() <= TRANSITION_S && !isIdle(pieces.get(between)));
        Piece piece = pieces.get(candidate);
        return near && !isIdle(piece) && Math.abs(piece.level - level) <= STEADY_BAND * (level - lowest);
    }

    private List<Span> withoutWindow() {
        gatherSteady();
        List<Span> spans = new ArrayList<>();
        int steady = steady();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            Span span = span(piece, "detected");
            if (isIdle(piece)) {
                spans.add(span.named("idle", "High", levelText(piece) + ", the lowest level"));
            } else if (isTransition(i)) {
                spans.add(span.named("transition", "Medium", "short, between two levels, and not level itself"));
            } else if (i == steady) {
                spans.add(span.named(
                        "steady", "Low", levelText(piece) + ", most of the energy; no LoadGen window confirms it"));
            } else if (steady >= 0 && i > steady) {
                spans.add(span.named("cleanup", "Low", levelText(piece) + ", behind the main load"));
            } else {
                spans.add(beforeLoad(i, steady, span));
            }
        }
        return joined(spans, new Window(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    /** Index of the segment that is the run proper: the one with most energy above idle, if that is most of it. */
    private int steady() {
        int best = -1;
        double most = 0;
        double total = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            double energy = (piece.level - lowest) * (piece.to - piece.from);
            total += energy;
            if (energy > most && !isIdle(piece)) {
                most = energy;
                best = i;
            }
        }
        return most > 0.15 * total && pieces.size() > 1 ? best : -1;
    }

    private Span beforeLoad(int index, int steady, Span span) {
        Piece piece = pieces.get(index);
        double utilisation = Course.mean(course.utilisation(), piece.from, piece.to);
        if (Double.isNaN(utilisation) || steady < 0) {
            return span.named("active", "Medium", levelText(piece) + ", above idle; nothing tells more");
        }
        boolean low = piece.level < lowest + LOAD_SHARE * (highest - lowest);
        boolean afterIdle = index == 0 || isIdle(pieces.get(index - 1));
        boolean loadFollows = index + 1 < steady;
        if (low && afterIdle && loadFollows && utilisation <= IDLE_UTILISATION + 5) {
            return span.named("launch", "Low", levelText(piece) + ", the first rise from idle");
        }
        if (low) {
            return span.named("load", "Low", levelText(piece) + ", below 40 % of the way to full load");
        }
        if (index + 1 == steady) {
            return span.named("warm-up", "Low", levelText(piece) + ", just before the main load");
        }
        return span.named("active", "Low", levelText(piece));
    }

    private List<Span> around(Window window) {
        List<Span> spans = new ArrayList<>();
        int steady = -1;
        for (int i = 0; i < pieces.size(); i++) {
            if (course.startsMs()[pieces.get(i).from] < window.endMs
                    && course.endsMs()[pieces.get(i).to - 1] > window.beginMs
                    && middle(pieces.get(i)) >= window.beginMs
                    && middle(pieces.get(i)) <= window.endMs) {
                steady = i;
            }
        }
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            Span span = span(piece, "detected");
            if (i == steady) {
                spans.add(new Span(
                        "steady",
                        window.beginMs,
                        window.endMs,
                        "loadgen",
                        "High",
                        "power_begin to power_end of LoadGen"));
            } else if (steady < 0) {
                spans.add(span.named("unknown", "Low", "LoadGen's window lies outside of the log"));
            } else if (isIdle(piece)) {
                spans.add(span.named("idle", "High", levelText(piece) + ", the lowest level"));
            } else if (i > steady) {
                spans.add(span.named("cleanup", "High", levelText(piece) + ", behind power_end"));
            } else if (i == steady - 1 && piece.level >= lowest + LOAD_SHARE * (highest - lowest)) {
                spans.add(span.named("warm-up", "Medium", levelText(piece) + ", just before power_begin"));
            } else {
                spans.add(
                        isTransition(i)
                                ? span.named("transition", "Medium", "short, between two levels, and not level itself")
                                : beforeLoad(i, steady, span));
            }
        }
        return joined(spans, window);
    }

    private double middle(Piece piece) {
        return (course.startsMs()[piece.from] + course.endsMs()[piece.to - 1]) / 2;
    }

    /** Neighbours of the steady phase end and begin where it does; equal labels in a row are one phase. */
    private static List<Span> joined(List<Span> spans, Window window) {
        List<Span> result = new ArrayList<>();
        for (Span span : spans) {
            Span fitted = span;
            if (!span.source().equals("loadgen")) {
                double start =
                        span.startMs() < window.beginMs ? span.startMs() : Math.max(span.startMs(), window.endMs);
                double end = span.startMs() < window.beginMs ? Math.min(span.endMs(), window.beginMs) : span.endMs();
                fitted = new Span(span.name(), start, end, span.source(), span.confidence(), span.evidence());
            }
            Span last = result.isEmpty() ? null : result.get(result.size() - 1);
            if (last != null
                    && last.name().equals(fitted.name())
                    && !fitted.source().equals("loadgen")) {
                result.set(
                        result.size() - 1,
                        new Span(
                                last.name(),
                                last.startMs(),
                                fitted.endMs(),
                                last.source(),
                                last.confidence(),
                                last.evidence()));
            } else if (fitted.endMs() > fitted.startMs()) {
                result.add(fitted);
            }
        }
        return result;
    }
}
