package dev.wattline.bench.soak;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Many sessions at one director, each with something that goes wrong, in an order that a seed decides: every mishap comes
 * once before any comes again. Each session must end as its mishap demands, with the analyzer's ranges restored, and the JVM must hold no
 * more at the end than after a quarter of them.
 */
public final class Soak {
    private static final int QUARTERS = 4;

    private final SoakRequest request;
    private final Consumer<String> progress;

    /** @param progress told of each session, in a line */
    public Soak(SoakRequest request, Consumer<String> progress) {
        this.request = request;
        this.progress = progress;
    }

    /** Runs them, with all files in this folder. */
    public SoakResult run(Path folder) throws IOException, InterruptedException {
        Logger log = (Logger) LoggerFactory.getLogger("dev.wattline");
        Level level = log.getLevel();
        log.setLevel(Level.OFF); // the story of each of hundreds of failures, which are wanted here
        try (Rig rig = Rig.start(folder)) {
            return run(rig);
        } finally {
            log.setLevel(level);
        }
    }

    private SoakResult run(Rig rig) throws IOException {
        long begin = TimeSource.system().nanoTime();
        List<Mishap> mishaps = mishaps();
        Map<String, Integer> ends = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        Footprint quarter = Footprint.take();
        for (int i = 0; i < mishaps.size(); i++) {
            Mishap mishap = mishaps.get(i);
            SoakOutcome end = rig.session(mishap);
            ends.merge(mishap.name(), 1, Integer::sum);
            List<String> wrong = end.faults(mishap);
            faults.addAll(wrong);
            progress.accept((i + 1) + " of " + mishaps.size() + ": " + mishap + ", " + end.outcome()
                    + (wrong.isEmpty() ? "" : " " + wrong));
            if (i + 1 == mishaps.size() / QUARTERS) {
                quarter = Footprint.take();
            }
        }
        Footprint last = Footprint.take();
        double seconds = (TimeSource.system().nanoTime() - begin) / 1e9;
        return new SoakResult(ends, faults, quarter, last, seconds);
    }

    private List<Mishap> mishaps() {
        Random random = new Random(request.seed());
        List<Mishap> all = new ArrayList<>();
        while (all.size() < request.sessions()) {
            List<Mishap> round = new ArrayList<>(List.of(Mishap.values()));
            Collections.shuffle(round, random);
            all.addAll(round);
        }
        return all.subList(0, request.sessions());
    }
}
