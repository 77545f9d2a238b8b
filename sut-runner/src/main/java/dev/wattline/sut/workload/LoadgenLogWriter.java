package dev.wattline.sut.workload;

import dev.wattline.model.IoErrors;
import dev.wattline.model.PtdTime;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Writes the two logs of a LoadGen run, {@code mlperf_log_detail.txt} and {@code mlperf_log_summary.txt}, with the keys
 * that the power checker, the power metric and the submission checker read. The format is that of MLCommons LoadGen's
 * logging: one line {@code :::MLLOG {json}} an event, times of power_begin and power_end as {@code MM-dd-yyyy
 * HH:mm:ss.SSS} in UTC. No line claims to come from LoadGen: the version and the names say what wrote it.
 */
final class LoadgenLogWriter {
    /** What the logs call the workload. */
    static String name(Precision precision) {
        return "Wattline built-in " + precision.routine() + " (a load generator, not an MLPerf benchmark)";
    }

    private static final double[] PERCENTILES = {50, 90, 95, 97, 99, 99.9};

    private final Path folder;

    LoadgenLogWriter(Path folder) {
        this.folder = folder;
    }

    void write(WorkloadResult result, Latencies.Statistics latencies, double timeMs) {
        try {
            Files.createDirectories(folder);
            Path summary = folder.resolve("mlperf_log_summary.txt");
            Files.writeString(summary, summary(result, latencies), StandardCharsets.US_ASCII);
            Path detail = folder.resolve("mlperf_log_detail.txt");
            Files.writeString(detail, detail(result, latencies, timeMs), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new SutException(
                    "could not write the workload's logs to " + folder + ": " + IoErrors.of(e),
                    "Give a folder that can be written with --output.",
                    e);
        }
    }

    private static String detail(WorkloadResult result, Latencies.Statistics latencies, double timeMs) {
        DetailLines lines = new DetailLines(ProcessHandle.current().pid());
        settings(lines, result);
        lines.at(timeMs);
        lines.text("power_begin", PtdTime.format(result.beganAt()));
        // The end is cut to the millisecond as well; the next one is certainly after the last sample.
        lines.text("power_end", PtdTime.format(result.endedAt().plus(1, ChronoUnit.MILLIS)));
        lines.text("result_validity", result.isValid() ? "VALID" : "INVALID");
        lines.raw("result_min_duration_met", result.minDurationMet());
        lines.raw("result_min_queries_met", true);
        lines.raw("early_stopping_met", true);
        lines.text("early_stopping_result", "");
        lines.raw("result_query_count", result.queries());
        if (result.plan().scenario() == Scenario.Offline) {
            lines.raw("result_samples_per_second", decimal(result.samplesPerSecond()));
        } else {
            lines.raw("result_qps_with_loadgen_overhead", decimal(result.samplesPerSecond()));
            lines.raw("result_qps_without_loadgen_overhead", decimal(1e9 / latencies.mean()));
        }
        lines.raw("result_min_latency_ns", latencies.min());
        lines.raw("result_max_latency_ns", latencies.max());
        lines.raw("result_mean_latency_ns", latencies.mean());
        for (double percentile : PERCENTILES) {
            lines.raw(
                    String.format(Locale.ROOT, "result_%.2f_percentile_latency_ns", percentile),
                    latencies.percentile(percentile));
        }
        lines.raw("num_errors", result.wrong());
        return lines.toString();
    }

    private static void settings(DetailLines lines, WorkloadResult result) {
        WorkloadPlan plan = result.plan();
        lines.text("loadgen_version", name(plan.precision()));
        lines.text(
                "test_datetime",
                result.beganAt().truncatedTo(ChronoUnit.SECONDS).toString());
        lines.text("sut_name", name(plan.precision()));
        lines.text(
                "qsl_name", plan.precision().routine() + " " + plan.size() + " x " + plan.size() + ", random operands");
        lines.raw("qsl_reported_total_count", 1);
        lines.raw("qsl_reported_performance_count", 1);
        for (String kind : new String[] {"requested", "effective"}) {
            lines.text(kind + "_scenario", plan.scenario().name());
            lines.text(kind + "_test_mode", "PerformanceOnly");
            lines.raw(kind + "_min_duration_ms", plan.duration().toMillis());
            lines.raw(kind + "_max_duration_ms", 0);
            lines.raw(kind + "_min_query_count", 1);
            lines.raw(kind + "_max_query_count", 0);
        }
        lines.raw("effective_samples_per_query", result.samples() / result.queries());
        lines.raw("effective_target_latency_ns", 0);
        for (String seed : new String[] {"qsl", "sample_index", "schedule", "accuracy_log"}) {
            lines.raw("effective_" + seed + "_rng_seed", 0);
        }
        lines.raw("effective_performance_sample_count", 1);
        lines.text("wattline_workload", description(result));
    }

    private static String description(WorkloadResult result) {
        WorkloadPlan plan = result.plan();
        String wave = plan.squareWave() == null
                ? "constant load"
                : "square wave of " + plan.squareWave().toMillis() + " ms, duty " + decimal(plan.duty());
        return String.format(Locale.ROOT, "%d threads, %s, %.3f GFLOP/s", plan.threads(), wave, result.gigaflops());
    }

    private static String summary(WorkloadResult result, Latencies.Statistics latencies) {
        WorkloadPlan plan = result.plan();
        StringBuilder text = new StringBuilder(2048);
        heading(text, "MLPerf Results Summary");
        line(text, "SUT name : " + name(plan.precision()));
        line(text, "Scenario : " + plan.scenario());
        line(text, "Mode     : PerformanceOnly");
        if (plan.scenario() == Scenario.Offline) {
            line(text, "Samples per second: " + decimal(result.samplesPerSecond()));
        } else {
            line(text, "90.0th percentile latency (ns) : " + latencies.percentile(90));
        }
        line(text, "Result is : " + (result.isValid() ? "VALID" : "INVALID"));
        line(text, "  Min duration satisfied : " + (result.minDurationMet() ? "Yes" : "NO"));
        line(text, "  Min queries satisfied : Yes");
        line(text, "  Early stopping satisfied: Yes");
        line(text, "");
        heading(text, "Additional Stats");
        line(text, "Workload : " + description(result));
        line(text, "");
        line(text, "Min latency (ns)                : " + latencies.min());
        line(text, "Max latency (ns)                : " + latencies.max());
        line(text, "Mean latency (ns)               : " + latencies.mean());
        for (double percentile : PERCENTILES) {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "%.2f percentile latency (ns)   : %d",
                            percentile,
                            latencies.percentile(percentile)));
        }
        line(text, "");
        heading(text, "Test Parameters Used");
        line(text, "samples_per_query : " + result.samples() / result.queries());
        line(text, "min_duration (ms): " + plan.duration().toMillis());
        line(text, "max_duration (ms): 0");
        line(text, "min_query_count : 1");
        line(text, "max_query_count : 0");
        line(text, "");
        line(text, "No warnings encountered during test.");
        line(text, "");
        line(text, result.wrong() == 0 ? "No errors encountered during test." : result.wrong() + " wrong products.");
        return text.toString();
    }

    private static void heading(StringBuilder text, String title) {
        String rule = "=".repeat(48);
        line(text, rule);
        line(text, title);
        line(text, rule);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
