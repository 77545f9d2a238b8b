package dev.wattline.analysis.statement;

import dev.wattline.analysis.phases.Span;
import java.util.List;

/**
 * The part of the run that the headline figures cover.
 *
 * @param phase index of the phase it is
 * @param span the phase
 * @param source {@code loadgen}, {@code given}, {@code detected} or {@code log}
 */
public record RunWindow(int phase, Span span, String source) {

    /** LoadGen's window if there is one, else the steady phase, else the longest given one, else all of the log. */
    public static RunWindow choose(List<Span> spans) {
        int chosen = -1;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            boolean better = chosen < 0
                    || rank(span) > rank(spans.get(chosen))
                    || (rank(span) == rank(spans.get(chosen))
                            && span.seconds() > spans.get(chosen).seconds());
            chosen = better ? i : chosen;
        }
        Span span = spans.get(chosen);
        return new RunWindow(chosen, span, span.name().equals("log") ? "log" : span.source());
    }

    private static int rank(Span span) {
        if (span.source().equals("loadgen")) {
            return 3;
        }
        return span.name().equals("steady") ? 2 : span.name().equals("log") ? 1 : 0;
    }
}
