package dev.wattline.bench.spine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.TimeSource;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** When each mock handled {@code Go}: taken as it prints so, which it does before it replies. Safe for several threads. */
final class Arrivals {
    private static final String GO = "Go with mark";

    private final TimeSource time;

    @GuardedBy("this")
    private final List<Long> nanos = new ArrayList<>();

    Arrivals(TimeSource time) {
        this.time = time;
    }

    /** The standard output of one mock. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                throw new UnsupportedOperationException("a mock writes lines");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                long now = time.nanoTime();
                if (new String(bytes, offset, length, StandardCharsets.ISO_8859_1).contains(GO)) {
                    add(now);
                }
            }
        };
    }

    synchronized void add(long at) {
        nanos.add(at);
    }

    /**
     * The skew of each round, first to last arrival, in ms.
     *
     * @param analyzers arrivals that make a round
     */
    synchronized Quantiles skews(int analyzers) {
        if (nanos.isEmpty() || nanos.size() % analyzers != 0) {
            throw new IllegalStateException(nanos.size() + " arrivals are no rounds of " + analyzers);
        }
        double[] skews = new double[nanos.size() / analyzers];
        for (int i = 0; i < skews.length; i++) {
            List<Long> round = nanos.subList(i * analyzers, (i + 1) * analyzers);
            long first = round.stream().mapToLong(Long::longValue).min().orElseThrow();
            long last = round.stream().mapToLong(Long::longValue).max().orElseThrow();
            skews[i] = (last - first) / 1e6;
        }
        return new Quantiles(skews);
    }
}
