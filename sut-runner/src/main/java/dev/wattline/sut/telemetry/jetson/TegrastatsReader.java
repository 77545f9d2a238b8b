package dev.wattline.sut.telemetry.jetson;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.TimeSource;
import dev.wattline.model.process.Programs;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code tegrastats} of a Jetson, for boards that show their INA chips to nobody else. It runs beside the measurement and
 * prints a line a second; a reading is its newest line, of each rail the power now (the number behind it is the mean since
 * it began). Its times are of whole seconds and not in all versions, so that the runner's clock counts. It ends by itself
 * when its reader is gone. For one thread.
 */
public final class TegrastatsReader implements PowerReader {
    private static final int INTERVAL_MS = 1000;

    /** After so long without a reading its pipe may be full of old lines: it is started anew. */
    private static final Duration STALE = Duration.ofSeconds(5);

    private static final Pattern RAIL =
            Pattern.compile("(?<![\\w/])([A-Z][A-Z0-9_]+|GPU|CPU|SOC|CV) (\\d{1,7})(?:mW)?/\\d{1,7}(?:mW)?(?=\\s|$)");
    private static final Set<String> NO_RAILS = Set.of("RAM", "SWAP", "IRAM", "LFB", "NC");

    private final List<String> command;
    private final TimeSource time;
    private final Map<String, Series> rails = new LinkedHashMap<>();
    private @Nullable Process process;
    private @Nullable BufferedReader lines;
    private long readNanos;
    private Optional<Set<String>> summed = Optional.empty();

    private TegrastatsReader(List<String> command, TimeSource time) {
        this.command = List.copyOf(command);
        this.time = time;
    }

    /**
     * Reads its first line.
     *
     * @throws SutException if there is no tegrastats, or it shows no rail
     */
    public static TegrastatsReader open(SourceSettings settings, TimeSource time) {
        String named = settings.section("tegrastats", "program").text("program").orElse("tegrastats");
        String program = Programs.find(named)
                .orElseThrow(() -> new SutException(
                        "there is no program '" + named + "'",
                        "It is on NVIDIA's Jetson modules alone; name it with program in [tegrastats]."))
                .toString();
        TegrastatsReader reader =
                new TegrastatsReader(List.of(program, "--interval", Integer.toString(INTERVAL_MS)), time);
        String first;
        try {
            first = reader.newest();
        } catch (IOException e) {
            reader.close();
            throw new SutException("could not run " + program + ": " + e.getMessage(), null, e);
        }
        reader.close(); // until the measurement begins
        Map<String, String> powers = powers(first);
        if (powers.isEmpty()) {
            throw new SutException(
                    "tegrastats shows no rail with a power" + (first.isEmpty() ? ": it ended" : ": " + first),
                    "Run it as root: some boards show their rails to nobody else.");
        }
        powers.keySet().forEach(rail -> reader.rails.put(rail, series(rail, JetsonRails.scope(rail))));
        reader.summed = JetsonRails.sum(powers.keySet());
        reader.summed.ifPresent(set -> {
            String name = JetsonRails.sumName(set);
            reader.rails.put(name, series(name, "module"));
        });
        return reader;
    }

    private static Series series(String entity, String scope) {
        return new Series(entity, "", scope, "power", "mW", Kind.SAMPLE, 1, 0, (double) INTERVAL_MS, null);
    }

    private static Map<String, String> powers(String line) {
        Map<String, String> powers = new LinkedHashMap<>();
        Matcher rail = RAIL.matcher(line);
        while (rail.find()) {
            if (!NO_RAILS.contains(rail.group(1))) {
                powers.put(rail.group(1), rail.group(2));
            }
        }
        return powers;
    }

    /** Its newest line, or the next where none is waiting; empty where it has ended. */
    private String newest() throws IOException {
        long now = time.nanoTime();
        BufferedReader open = lines;
        Process running = process;
        if (open == null || running == null || !running.isAlive() || now - readNanos > STALE.toNanos()) {
            close();
            running = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.PIPE)
                    .start();
            running.getOutputStream().close();
            open = new BufferedReader(new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8));
            process = running;
            lines = open;
        }
        String line = open.readLine();
        while (line != null && open.ready()) {
            line = open.readLine();
        }
        readNanos = time.nanoTime();
        return line == null ? "" : line;
    }

    @Override
    public List<Series> series() {
        return List.copyOf(rails.values());
    }

    @Override
    public List<String> origin() {
        return command;
    }

    @Override
    public List<String> notes() {
        return JetsonRails.notes(rails.keySet());
    }

    @Override
    public void read(Readings readings) {
        String line;
        try {
            line = newest();
        } catch (IOException e) {
            line = "";
        }
        Map<String, String> powers = new LinkedHashMap<>(powers(line));
        summed.ifPresent(set -> {
            if (powers.keySet().containsAll(set)) {
                long sum = set.stream()
                        .mapToLong(rail -> Long.parseLong(powers.getOrDefault(rail, "0")))
                        .sum();
                powers.put(JetsonRails.sumName(set), Long.toString(sum));
            }
        });
        String none = line.isEmpty() ? "ended" : "no-reading";
        rails.forEach((rail, series) -> {
            String value = powers.get(rail);
            boolean zero = value != null
                    && Long.parseLong(value) == 0
                    && series.scope().equals("module");
            if (value == null || zero) {
                readings.missing(series, zero ? "zero" : none);
            } else {
                readings.value(series, value);
            }
        });
    }

    @Override
    public void close() {
        Process running = process;
        process = null;
        lines = null;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
        }
    }
}
