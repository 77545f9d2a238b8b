package dev.wattline.bench.captures;

import dev.wattline.analysis.series.PowerSeries;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One of the forms that nvidia-smi logs come in.
 *
 * @param field the power field's name
 * @param key what tells the GPUs apart: {@code uuid}, {@code index} or {@code pci.bus_id}
 * @param headerUnits whether the header names units
 * @param cellUnits whether cells carry theirs
 * @param crlf whether lines end as on Windows
 * @param missing share of power cells without a number
 * @param dropped share of rounds that are not there
 */
record LogForm(
        String field,
        String key,
        boolean headerUnits,
        boolean cellUnits,
        boolean crlf,
        double missing,
        double dropped) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT);
    private static final String[] NO_NUMBER = {"[N/A]", "N/A", "[Unknown Error]", "[Not Supported]", ""};

    /** A form by chance, of a log with this field. */
    static LogForm random(String field, SplittableRandom random, boolean faults) {
        String[] keys = {"uuid", "index", "pci.bus_id"};
        boolean headerUnits = random.nextInt(4) > 0;
        return new LogForm(
                field,
                keys[random.nextInt(keys.length)],
                headerUnits,
                random.nextBoolean(),
                random.nextInt(4) == 0,
                faults && random.nextBoolean() ? 0.02 * random.nextDouble() : 0,
                faults && random.nextBoolean() ? 0.02 * random.nextDouble() : 0);
    }

    /** What stands in the key's column for this GPU. */
    String keyOf(int gpu) {
        return switch (key) {
            case "uuid" -> String.format(Locale.ROOT, "GPU-%08x-0000-4000-8000-00000000000%x", 0xabc0 + gpu, gpu);
            case "index" -> Integer.toString(gpu);
            default -> String.format(Locale.ROOT, "00000000:%02X:00.0", 0x1b + gpu);
        };
    }

    /** The log's text; the series' times are UTC, the stamps local time in the zone. */
    String text(List<PowerSeries> gpus, ZoneId zone, String card, SplittableRandom random) {
        String end = crlf ? "\r\n" : "\n";
        StringBuilder text = new StringBuilder("timestamp, " + key + ", name, " + field)
                .append(headerUnits ? " [W]" : "")
                .append(", utilization.gpu")
                .append(headerUnits ? " [%]" : "")
                .append(end);
        int rows = gpus.stream().mapToInt(PowerSeries::size).min().orElse(0);
        for (int i = 0; i < rows; i++) {
            if (random.nextDouble() < dropped) {
                continue;
            }
            for (int g = 0; g < gpus.size(); g++) {
                PowerSeries gpu = gpus.get(g);
                LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(gpu.timeMs(i)), zone);
                text.append(STAMP.format(local)).append(", ").append(keyOf(g)).append(", ");
                text.append(card).append(", ");
                if (random.nextDouble() < missing) {
                    text.append(NO_NUMBER[random.nextInt(NO_NUMBER.length)]);
                } else {
                    text.append(String.format(Locale.ROOT, "%.2f", gpu.watts(i)))
                            .append(cellUnits ? " W" : "");
                }
                text.append(", ")
                        .append(gpu.watts(i) > 120 ? 97 : 0)
                        .append(cellUnits ? " %" : "")
                        .append(end);
            }
        }
        return text.toString();
    }
}
