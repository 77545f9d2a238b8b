package dev.wattline.files;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code telemetry/<phase>/meta.json} says of the logs beside it. An empty text or list, or null, stands for what is
 * not known. {@code driver}, {@code cards}, {@code fields}, {@code intervalMs}, {@code command} and {@code cost} are of
 * {@code nvidia-smi.csv} and empty or 0 where nvidia-smi was not among the sources.
 *
 * @param phase the phase's word, {@code ranging} or {@code testing}
 * @param zone zone of the SUT's local time, an IANA name such as {@code Europe/London}
 * @param clockOffsetMs SUT clock minus director clock in ms, positive where the SUT is ahead; null where not measured
 * @param clockOffsetUncertaintyMs half of the round trip it was measured over, in ms; null where not measured
 * @param driver driver version
 * @param cards the GPUs
 * @param fields the fields asked for, in order
 * @param intervalMs interval asked for in ms
 * @param startedAt when collecting began
 * @param endedAt when it ended; null while it runs or where it was not seen to end
 * @param command the child's command line
 * @param cost what collecting cost and gave, such as {@code cpuSeconds}, {@code samples}, {@code jitterP99Ms}
 * @param problems what went wrong with any of the sources, one sentence each
 * @param sources what was collected from, nvidia-smi included; empty in files of versions before there were several
 */
public record TelemetryMeta(
        String phase,
        String zone,
        @Nullable Double clockOffsetMs,
        @Nullable Double clockOffsetUncertaintyMs,
        String driver,
        List<Card> cards,
        List<String> fields,
        int intervalMs,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<String> command,
        Map<String, Double> cost,
        List<String> problems,
        List<Source> sources) {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-telemetry/1";

    /** The file's name. */
    public static final String FILE = "meta.json";

    /** The name of nvidia-smi's log. */
    public static final String LOG = "nvidia-smi.csv";

    public TelemetryMeta {
        cards = List.copyOf(cards);
        fields = List.copyOf(fields);
        command = List.copyOf(command);
        cost = Map.copyOf(cost);
        problems = List.copyOf(problems);
        sources = List.copyOf(sources);
    }

    /** What kind of numbers a series holds. */
    public enum Kind {
        /** Power at a moment, or over a window that is not told. */
        SAMPLE,
        /** Mean power over a stated window. */
        AVERAGE,
        /** Energy since some moment: the difference of two readings is all of the energy between them. */
        COUNTER
    }

    /** Which clock the log's times are of. */
    public enum StampClock {
        /** The source's own: the SUT's local time without a zone, as the tool writes it. */
        SOURCE_LOCAL,
        /** The runner's, when the reading arrived: UTC, and monotonic time beside it. */
        RUNNER_UTC
    }

    /**
     * One source of power.
     *
     * @param name such as {@code nvidia-smi}, {@code rapl}, {@code redfish}
     * @param log the name of its log beside {@code meta.json}
     * @param clock which clock the log's times are of
     * @param version of the tool, driver or firmware
     * @param intervalMs time between two readings in ms
     * @param origin the command line, or the paths or addresses read; never a credential
     * @param series what it reads
     * @param cost what reading cost, such as {@code cpuSeconds}, {@code calls}, {@code callMedianUs}
     * @param problems what went wrong with it, one sentence each
     */
    public record Source(
            String name,
            String log,
            StampClock clock,
            String version,
            int intervalMs,
            List<String> origin,
            List<Series> series,
            Map<String, Double> cost,
            List<String> problems) {
        public Source {
            origin = List.copyOf(origin);
            series = List.copyOf(series);
            cost = Map.copyOf(cost);
            problems = List.copyOf(problems);
        }
    }

    /**
     * One quantity of one device.
     *
     * @param entity what tells the device from others of the source, such as a GPU's UUID or {@code package-0}
     * @param name what it is called, such as a card's model
     * @param scope what is inside: {@code gpu}, {@code package}, {@code cores}, {@code dram}, {@code psys}, {@code module},
     *     {@code rail}, {@code node}, {@code wall}, {@code activity}, {@code cooling} or {@code supply}
     * @param quantity {@code power}, {@code energy}, {@code fan}, {@code temperature}, or for {@code activity} what is
     *     counted
     * @param unit of the log's values, such as {@code uJ}
     * @param kind what kind of numbers they are
     * @param resolution the least step of a value in its unit, 0 where not known
     * @param range where a counter wraps around to 0, in its unit; 0 where it does not, or not known
     * @param updateMs time between two changes of the value in ms; null where not known
     * @param windowMs time that a value is the mean over in ms; null where not known
     */
    public record Series(
            String entity,
            String name,
            String scope,
            String quantity,
            String unit,
            Kind kind,
            double resolution,
            double range,
            @Nullable Double updateMs,
            @Nullable Double windowMs) {}

    /**
     * One GPU.
     *
     * @param index its index in nvidia-smi
     * @param uuid its UUID
     * @param name the card's name, such as {@code NVIDIA H100 PCIe}
     */
    public record Card(int index, String uuid, String name) {}
}
