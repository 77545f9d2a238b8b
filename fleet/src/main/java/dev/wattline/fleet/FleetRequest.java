package dev.wattline.fleet;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be computed.
 *
 * @param input the folder of the telemetry, partitioned as {@code date=YYYY-MM-DD/node=NAME}; any file system of Hadoop
 * @param logs whether it holds logs of nvidia-smi rather than Parquet
 * @param output the folder to write to
 * @param jobs a CSV of jobs; null without one
 * @param card the cards' name where the telemetry does not tell it; empty if it is not known
 * @param field the power field
 * @param format {@code parquet} or {@code csv}
 */
public record FleetRequest(
        String input, boolean logs, String output, @Nullable String jobs, String card, String field, String format) {
    static final String USAGE = """
        Usage: --parquet DIR|--logs DIR --out DIR [--jobs FILE] [--card NAME] [--field NAME] [--format parquet|csv]

          --parquet DIR   telemetry in date=YYYY-MM-DD/node=NAME: ts_us (us since 1970, UTC), gpu_uuid, power_w,
                          and gpu_name if there is one
          --logs DIR      logs of nvidia-smi in date=YYYY-MM-DD/node=NAME, stamps in UTC
          --out DIR       where cards, nodes and jobs are written; must not be there
          --jobs FILE     a CSV with the columns job, node, start, end (such as 2026-01-31T12:00:00Z)
          --card NAME     the cards' name as nvidia-smi gives it, where the telemetry has none
          --field NAME    the power field (default: power.draw)
          --format NAME   parquet or csv (default: parquet)
        """;

    /**
     * Reads the words of a command line.
     *
     * @throws FleetException if they do not make a request
     */
    static FleetRequest of(List<String> words) {
        String input = null;
        boolean logs = false;
        String output = null;
        String jobs = null;
        String card = "";
        String field = "power.draw";
        String format = "parquet";
        for (int i = 0; i < words.size(); i += 2) {
            String option = words.get(i);
            if (i + 1 == words.size()) {
                throw usage(option + " needs a value");
            }
            String value = words.get(i + 1);
            switch (option) {
                case "--parquet", "--logs" -> {
                    if (input != null) {
                        throw usage("--parquet and --logs cannot both be given, nor twice");
                    }
                    input = value;
                    logs = option.equals("--logs");
                }
                case "--out" -> output = value;
                case "--jobs" -> jobs = value;
                case "--card" -> card = value;
                case "--field" -> field = value;
                case "--format" -> format = value.toLowerCase(Locale.ROOT);
                default -> throw usage("there is no option " + option);
            }
        }
        if (input == null || output == null) {
            throw usage(input == null ? "--parquet or --logs is needed" : "--out is needed");
        }
        if (!format.equals("parquet") && !format.equals("csv")) {
            throw usage("--format " + format + ": expected parquet or csv");
        }
        return new FleetRequest(input, logs, output, jobs, card, field, format);
    }

    private static FleetException usage(String message) {
        return new FleetException(message, USAGE, null);
    }
}
