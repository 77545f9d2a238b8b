package dev.wattline.sut.telemetry.dcgm;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.TimeSource;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.ProgramCall;
import dev.wattline.sut.telemetry.source.ProgramReader;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * NVML's energy counter of each GPU since its driver was loaded, as {@code dcgmi dmon} prints it. The counter sees all of
 * the time between two readings. At the edges of a phase dcgmi is called, in between it runs along as a {@link DcgmiStream}.
 * Both give the counter's value as DCGM's engine read it last, up to a second ago. For one thread at a time.
 */
public final class DcgmiReader implements PowerReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final String ENERGY = "156";
    private static final String STREAM_MS = "1000"; // DCGM's engine reads the counters as often as dmon shows them
    /** From here on a number of DCGM is no value but says why there is none. */
    private static final long BLANK = 140_737_488_355_328L;

    private static final int LONGEST = 18; // digits
    private static final double ENGINE_MS = 1000;
    private static final Pattern ROW = Pattern.compile("(?m)^[ \\t]*GPU[ \\t]+(\\d{1,4})[ \\t]+(\\S+)");
    private static final Pattern NAME = Pattern.compile("^\\|\\s*(\\d{1,4})\\s*\\|\\s*Name:\\s*(.*?)\\s*\\|?\\s*$");
    private static final Pattern UUID = Pattern.compile("Device UUID:\\s*(\\S+)");

    private static final Pattern SUPERCHIP = Pattern.compile("\\bG[HB]\\d");

    private final String program;
    private final ProgramReader<Integer> calls;
    private final Map<Integer, Series> counters;
    private final TimeSource time;
    private @Nullable DcgmiStream stream;

    private DcgmiReader(ProgramCall call, Map<Integer, Series> counters, List<String> notes, TimeSource time) {
        this.program = call.command().get(0);
        this.calls = new ProgramReader<>(call, DcgmiReader::values, DcgmiReader::reason, counters, notes);
        this.counters = new TreeMap<>(counters);
        this.time = time;
    }

    /**
     * Asks for the counters once.
     *
     * @throws SutException if there is no dcgmi, its engine does not answer, or no GPU has the counter
     */
    public static DcgmiReader open(SourceSettings settings, TimeSource time) {
        String program = settings.section("nvml", "program").text("program").orElse("dcgmi");
        ProgramCall call = ProgramCall.of(List.of(program, "dmon", "-e", ENERGY, "-c", "1"), TIMEOUT);
        Result answer = call.call();
        Map<Integer, String> first = values(answer);
        if (first.isEmpty()) {
            throw ProgramReader.refusal(
                    "dcgmi tells no energy counter",
                    call,
                    answer,
                    "Start its engine (systemctl start nvidia-dcgm, or nv-hostengine), and look whether"
                            + " 'dcgmi discovery -l' lists the GPUs.");
        }
        Map<Integer, String[]> cards = cards(
                ProgramCall.of(List.of(program, "discovery", "-l"), TIMEOUT).call());
        Map<Integer, Series> counters = new TreeMap<>();
        List<String> without = new ArrayList<>();
        first.forEach((index, value) -> {
            if (reason(value).isEmpty()) {
                String[] card = cards.getOrDefault(index, new String[] {"gpu-" + index, ""});
                counters.put(
                        index,
                        new Series(card[0], card[1], "gpu", "energy", "mJ", Kind.COUNTER, 1, 0, ENGINE_MS, null));
            } else {
                without.add(String.valueOf(index));
            }
        });
        if (counters.isEmpty()) {
            throw new SutException(
                    "none of the " + first.size() + " GPUs has an energy counter: dcgmi shows "
                            + first.values().iterator().next(),
                    "Cards before Volta have none; use nvidia-smi.");
        }
        List<String> notes = new ArrayList<>();
        if (!without.isEmpty()) {
            notes.add("GPU " + String.join(", ", without) + " has no energy counter and is in no figure of nvml");
        }
        if (counters.values().stream()
                .anyMatch(card -> SUPERCHIP.matcher(card.name()).find())) {
            notes.add("the GPUs are parts of superchips: whether nvml's counter is a GPU's or its whole module's is not"
                    + " known; compare it with nvidia-smi");
        }
        return new DcgmiReader(call, counters, notes, time);
    }

    @Override
    public List<Series> series() {
        return calls.series();
    }

    @Override
    public List<String> origin() {
        return calls.origin();
    }

    @Override
    public List<String> notes() {
        return calls.notes();
    }

    @Override
    public void read(Readings readings) {
        calls.read(readings);
    }

    @Override
    public boolean startStream() {
        stopStream();
        stream = DcgmiStream.start(List.of(program, "dmon", "-e", ENERGY, "-d", STREAM_MS), time)
                .orElse(null);
        return stream != null;
    }

    /** Only of a round that has all counters: a call tells why one has none. */
    @Override
    public Streamed readStream(Readings readings, long afterMillis) {
        Optional<DcgmiStream.Rows> newest = stream == null ? Optional.empty() : stream.newest();
        if (newest.isEmpty()) {
            return Streamed.NOTHING;
        }
        if (newest.get().epochMillis() <= afterMillis) {
            return Streamed.NOT_YET;
        }
        Map<Integer, String> values = lastRound(newest.get().text());
        boolean whole = counters.keySet().stream()
                .allMatch(gpu -> values.containsKey(gpu)
                        && reason(values.getOrDefault(gpu, "")).isEmpty());
        if (!whole) {
            return Streamed.NOTHING;
        }
        readings.at(newest.get().epochMillis());
        counters.forEach((gpu, one) -> readings.value(one, values.getOrDefault(gpu, "")));
        return Streamed.READ;
    }

    @Override
    public void stopStream() {
        DcgmiStream running = stream;
        stream = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void close() {
        stopStream();
    }

    /** The value of each GPU, as printed; instances of a divided GPU have rows of another kind, and no counter. */
    private static Map<Integer, String> values(Result answer) {
        Map<Integer, String> values = new TreeMap<>();
        Matcher row = ROW.matcher(answer.output());
        while (answer.status() == 0 && row.find()) {
            values.put(Integer.valueOf(row.group(1)), row.group(2));
        }
        return values;
    }

    /**
     * The last of several rounds, each of which has the GPUs in rising order. Read from its end, for what is compiled while
     * the workload runs is work beside it.
     */
    private static Map<Integer, String> lastRound(String text) {
        TreeMap<Integer, String> values = new TreeMap<>();
        int end = text.length();
        while (end > 0) {
            int begin = text.lastIndexOf('\n', end - 1);
            Matcher row = ROW.matcher(text).region(begin + 1, end);
            if (row.lookingAt()) {
                Integer gpu = Integer.valueOf(row.group(1));
                if (!values.isEmpty() && gpu >= values.firstKey()) {
                    return values;
                }
                values.put(gpu, row.group(2));
                if (gpu == 0) {
                    return values;
                }
            }
            end = begin;
        }
        return values;
    }

    /** UUID and name of each GPU, where the list tells them. */
    private static Map<Integer, String[]> cards(Result answer) {
        Map<Integer, String[]> cards = new HashMap<>();
        int index = -1;
        String name = "";
        for (String line : answer.output().lines().toList()) {
            Matcher named = NAME.matcher(line);
            Matcher uuid = UUID.matcher(line);
            if (named.find()) {
                index = Integer.parseInt(named.group(1));
                name = named.group(2);
            } else if (index >= 0 && uuid.find()) {
                cards.put(index, new String[] {uuid.group(1), name});
            }
        }
        return cards;
    }

    /** Why a value is none; empty if it is one. A counter of 0 is what a card shows that has none. */
    private static String reason(String value) {
        if (!value.matches("\\d{1,20}")) {
            return "not-a-number";
        }
        if (value.length() > LONGEST) {
            return "absent";
        }
        long number = Long.parseLong(value);
        return number == 0 ? "zero" : number >= BLANK ? "absent" : "";
    }
}
