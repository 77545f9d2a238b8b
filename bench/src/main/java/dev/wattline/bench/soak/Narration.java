package dev.wattline.bench.soak;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes what a runner tells its user: keeps what the director told it, and does something once the workload is about to
 * run. Safe for use by several threads.
 */
final class Narration extends PrintStream {
    private static final String WORKLOAD = "measuring, the workload runs";
    private static final String DIRECTOR = "warning: director: ";

    private final Runnable onWorkload;

    @GuardedBy("heard")
    private final StringBuilder heard = new StringBuilder();

    Narration(Runnable onWorkload) {
        super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.onWorkload = onWorkload;
    }

    @Override
    public void println(String line) {
        if (line.startsWith(DIRECTOR)) {
            synchronized (heard) {
                heard.append(line.substring(DIRECTOR.length())).append('\n');
            }
        } else if (line.contains(WORKLOAD)) {
            onWorkload.run();
        }
    }

    /** What the director told while it worked, a line each. */
    String heard() {
        synchronized (heard) {
            return heard.toString();
        }
    }
}
