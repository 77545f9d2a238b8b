package dev.wattline.sut.facts;

import dev.wattline.files.SystemFacts.Gpu;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.nvidia.SmiProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What nvidia-smi tells of the GPUs' settings.
 *
 * @param driver version of the driver; empty if it does not say
 */
record GpuFacts(String driver, List<Gpu> gpus) {
    static final GpuFacts NONE = new GpuFacts("", List.of());

    private static final List<String> FIELDS = List.of(
            "index",
            "uuid",
            "name",
            "driver_version",
            "vbios_version",
            "memory.total",
            "enforced.power.limit",
            "power.limit",
            "power.default_limit",
            "power.max_limit",
            "clocks.applications.graphics",
            "clocks.max.sm",
            "persistence_mode",
            "ecc.mode.current",
            "mig.mode.current");

    GpuFacts {
        gpus = List.copyOf(gpus);
    }

    /**
     * Asks; fields that this nvidia-smi does not know are left out.
     *
     * @param patience how long each question may take
     * @throws SutException if it does not answer
     */
    static GpuFacts ask(SmiProgram program, Duration patience) {
        List<String> fields = new ArrayList<>(FIELDS);
        while (!fields.isEmpty()) {
            Result answer =
                    program.ask(patience, "--query-gpu=" + String.join(",", fields), "--format=csv,noheader,nounits");
            if (!fields.remove(SmiProgram.refused(answer))) {
                return read(fields, answer);
            }
        }
        throw new SutException("nvidia-smi refuses one field after the other", "Check by hand that it runs.");
    }

    private static GpuFacts read(List<String> fields, Result answer) {
        require(answer, !answer.lines().isEmpty());
        List<Gpu> gpus = new ArrayList<>();
        String driver = "";
        for (String line : answer.lines()) {
            String[] cells = line.split(", ", -1);
            require(answer, cells.length == fields.size());
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < cells.length; i++) {
                String cell = cells[i].strip();
                row.put(fields.get(i), cell.startsWith("[") || cell.equals("N/A") ? "" : cell);
            }
            driver = row.getOrDefault("driver_version", "");
            gpus.add(gpu(row, gpus.size()));
        }
        return new GpuFacts(driver, gpus);
    }

    private static void require(Result answer, boolean whole) {
        if (answer.status() != 0 || !whole) {
            throw new SutException(
                    "nvidia-smi cannot tell of the GPUs: exit status " + answer.status() + ", it said: "
                            + answer.said(),
                    "Check by hand that 'nvidia-smi' lists the cards.");
        }
    }

    private static Gpu gpu(Map<String, String> row, int place) {
        Double enforced = number(row, "enforced.power.limit");
        Double index = number(row, "index");
        return new Gpu(
                index == null ? place : index.intValue(),
                row.getOrDefault("uuid", ""),
                row.getOrDefault("name", ""),
                row.getOrDefault("vbios_version", ""),
                number(row, "memory.total"),
                enforced == null ? number(row, "power.limit") : enforced,
                number(row, "power.default_limit"),
                number(row, "power.max_limit"),
                number(row, "clocks.applications.graphics"),
                number(row, "clocks.max.sm"),
                row.getOrDefault("persistence_mode", ""),
                row.getOrDefault("ecc.mode.current", ""),
                row.getOrDefault("mig.mode.current", ""));
    }

    private static @Nullable Double number(Map<String, String> row, String field) {
        String text = row.getOrDefault(field, "");
        return text.matches("\\d{1,9}(\\.\\d{1,6})?") ? Double.valueOf(text) : null;
    }
}
