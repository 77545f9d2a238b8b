package dev.wattline.files;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code telemetry/<phase>/meta.json} says of the {@code nvidia-smi.csv} beside it. An empty text or list, or null,
 * stands for what is not known.
 *
 * @param phase the phase's word, {@code ranging} or {@code testing}
 * @param zone zone of the SUT's local time, an IANA name such as {@code Europe/London}
 * @param clockOffsetMs SUT clock minus director clock in ms, positive where the SUT is ahead; null where not measured
 * @param clockOffsetUncertaintyMs half of the round trip it was measured over, in ms; null where not measured
 * @param driver driver version
 * @param cards the GPUs
 * @param fields the fields asked for, in order
 * @param intervalMs interval asked for in ms
 * @param startedAt when the child was started
 * @param endedAt when it ended; null while it runs or where it was not seen to end
 * @param command the child's command line
 * @param cost what collecting cost and gave, such as {@code cpuSeconds}, {@code samples}, {@code jitterP99Ms}
 * @param problems what went wrong, one sentence each
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
        List<String> problems) {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-telemetry/1";

    /** The file's name. */
    public static final String FILE = "meta.json";

    /** The name of the log it describes. */
    public static final String LOG = "nvidia-smi.csv";

    public TelemetryMeta {
        cards = List.copyOf(cards);
        fields = List.copyOf(fields);
        command = List.copyOf(command);
        cost = Map.copyOf(cost);
        problems = List.copyOf(problems);
    }

    /**
     * One GPU.
     *
     * @param index its index in nvidia-smi
     * @param uuid its UUID
     * @param name the card's name, such as {@code NVIDIA H100 PCIe}
     */
    public record Card(int index, String uuid, String name) {}
}
