package dev.wattline.fleet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Energy, gaps and intervals of a fleet's cards, nodes and jobs. Each node's day is one piece of work; its telemetry is
 * sorted by card and time and read once, card by card, so that a task needs the memory of one card's day.
 */
public final class FleetApplication {
    private static final Set<String> COLUMNS = Set.of("date", "node", "ts_us", "gpu_uuid", "power_w");

    private FleetApplication() {}

    /** The program; its options are those of {@link FleetRequest}. Exit status 2: wrong usage, 1: a failure, 0: written. */
    public static void main(String[] args) throws IOException {
        FleetRequest request;
        try {
            request = FleetRequest.of(Arrays.asList(args));
        } catch (FleetException e) {
            System.exit(tell(e, 2));
            return;
        }
        int status = 0;
        try (SparkSession spark =
                SparkSession.builder().appName("wattline-fleet").getOrCreate()) {
            spark.sparkContext().setLogLevel("WARN");
            run(spark, request);
        } catch (FleetException e) {
            status = tell(e, 1);
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int tell(FleetException failure, int status) {
        System.err.println("wattline-fleet: " + failure.getMessage());
        failure.remedy().ifPresent(remedy -> System.err.println("  " + remedy));
        return status;
    }

    /**
     * Computes and writes what was asked for.
     *
     * @throws FleetException if the input is not there, has other columns, or the output is there already
     * @throws IOException if a file system cannot be reached
     */
    public static void run(SparkSession spark, FleetRequest request) throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        requireInput(request.input(), configuration);
        Path output = new Path(request.output());
        if (output.getFileSystem(configuration).exists(output)) {
            throw new FleetException(
                    "the output " + output + " is there already", "Name a folder that is not there.", null);
        }
        List<Job> jobs = jobs(request.jobs(), configuration);
        Dataset<Row> energies = (request.logs()
                        ? LogFiles.energies(spark, request, jobs)
                        : TelemetryRows.energies(spark, telemetry(spark, request.input()), request, jobs))
                .persist(StorageLevel.MEMORY_AND_DISK()); // cards, nodes and jobs are three passes over it
        write(
                energies.where("kind = 'card'").drop("kind", "job", "cards"),
                request,
                "cards",
                "date",
                "node",
                "gpu_uuid");
        write(
                energies.where("kind = 'node'").drop("kind", "job", "gpu_uuid", "poll_ms"),
                request,
                "nodes",
                "date",
                "node");
        if (!jobs.isEmpty()) {
            write(jobs(energies.where("kind = 'job'")), request, "jobs", "job");
        }
        energies.unpersist();
    }

    private static void requireInput(String input, Configuration configuration) throws IOException {
        Path path = new Path(input);
        if (!path.getFileSystem(configuration).exists(path)) {
            throw new FleetException("there is no " + input, "Name the folder of the telemetry.", null);
        }
    }

    private static Dataset<Row> telemetry(SparkSession spark, String input) {
        // A node may be called 07, and is no number.
        spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
        Dataset<Row> telemetry = spark.read().parquet(input);
        TreeSet<String> missing = new TreeSet<>(COLUMNS);
        missing.removeAll(Arrays.asList(telemetry.columns()));
        if (!missing.isEmpty()) {
            throw new FleetException(
                    input + " has no " + String.join(", ", missing) + "; it has "
                            + String.join(", ", telemetry.columns()),
                    "Expected Parquet in date=YYYY-MM-DD/node=NAME with ts_us, gpu_uuid and power_w.",
                    null);
        }
        return telemetry;
    }

    private static List<Job> jobs(@Nullable String file, Configuration configuration) throws IOException {
        if (file == null) {
            return List.of();
        }
        Path path = new Path(file);
        try (BufferedReader table = new BufferedReader(
                new InputStreamReader(path.getFileSystem(configuration).open(path), StandardCharsets.UTF_8))) {
            return Job.read(file, table);
        } catch (FileNotFoundException e) {
            throw new FleetException("there is no " + file, "Name the table of jobs.", e);
        }
    }

    /** A job's nodes and days together; the errors of nodes and days add linearly, as their gains have one cause. */
    private static Dataset<Row> jobs(Dataset<Row> parts) {
        return parts.groupBy("job")
                .agg(
                        sum("cards").as("card_days"),
                        sum("readings").as("readings"),
                        min("from_ms").as("from_ms"),
                        max("to_ms").as("to_ms"),
                        sum("energy_j").as("energy_j"),
                        sum("half_width_j").as("half_width_j"),
                        sum("sampling_half_width_j").as("sampling_half_width_j"),
                        min("valid").as("valid"))
                .withColumn("seconds", col("to_ms").minus(col("from_ms")).divide(lit(1e3)));
    }

    private static void write(Dataset<Row> rows, FleetRequest request, String name, String... order) {
        Dataset<Row> sorted =
                rows.coalesce(1).sortWithinPartitions(order[0], Arrays.copyOfRange(order, 1, order.length));
        String place = request.output() + "/" + name;
        if (request.format().equals("csv")) {
            sorted.write().option("header", "true").csv(place);
        } else {
            sorted.write().parquet(place);
        }
    }
}
