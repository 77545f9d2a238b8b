package dev.wattline.fleet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.wattline.analysis.series.PowerSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Telemetry as a table of readings. */
final class TelemetryRows {
    private static final double MICROS_PER_MILLI = 1e3;

    private TelemetryRows() {}

    /**
     * @param telemetry date, node, ts_us, gpu_uuid, power_w, and gpu_name if there is one
     */
    static Dataset<Row> energies(SparkSession spark, Dataset<Row> telemetry, FleetRequest request, List<Job> jobs) {
        boolean named = Arrays.asList(telemetry.columns()).contains("gpu_name");
        String card = request.card();
        String field = request.field();
        MapPartitionsFunction<Row, Row> work = rows -> new Pass(rows, card, field, jobs).rows();
        return telemetry
                .select(
                        col("date").cast(DataTypes.StringType),
                        col("node").cast(DataTypes.StringType),
                        col("gpu_uuid").cast(DataTypes.StringType),
                        col("ts_us").cast(DataTypes.LongType),
                        col("power_w").cast(DataTypes.DoubleType),
                        named ? col("gpu_name").cast(DataTypes.StringType) : lit("").as("gpu_name"))
                .repartition(col("date"), col("node"))
                .sortWithinPartitions("date", "node", "gpu_uuid", "ts_us")
                .mapPartitions(work, Encoders.row(NodeDay.SCHEMA));
    }

    /** One pass over sorted readings, holding one card's at a time. */
    private static final class Pass {
        private final Iterator<Row> readings;
        private final String card;
        private final String field;
        private final List<Job> jobs;
        private final List<Row> found = new ArrayList<>();
        private @Nullable NodeDay day;
        private String date = "";
        private String node = "";
        private String gpu = "";
        private String name = "";
        private PowerSeries series = new PowerSeries();

        Pass(Iterator<Row> readings, String card, String field, List<Job> jobs) {
            this.readings = readings;
            this.card = card;
            this.field = field;
            this.jobs = jobs;
        }

        /** Rows of results are few: a card, a node or a job each. */
        Iterator<Row> rows() {
            while (readings.hasNext()) {
                Row reading = readings.next();
                if (reading.isNullAt(2) || reading.isNullAt(3) || reading.isNullAt(4)) {
                    continue; // a reading that the sensor did not give
                }
                place(reading.getString(0), reading.getString(1), reading.getString(2));
                name = reading.isNullAt(5) ? name : reading.getString(5);
                long ms = Math.round(reading.getLong(3) / MICROS_PER_MILLI);
                double watts = reading.getDouble(4);
                if (Double.isFinite(watts) && series.canHold(ms)) {
                    series.add(ms, (int) Math.round(watts * 1e3));
                }
            }
            endCard();
            endDay();
            return found.iterator();
        }

        private void place(String newDate, String newNode, String newGpu) {
            boolean sameDay = newDate.equals(date) && newNode.equals(node) && day != null;
            if (sameDay && newGpu.equals(gpu)) {
                return;
            }
            endCard();
            if (!sameDay) {
                endDay();
                date = newDate;
                node = newNode;
                String of = newNode;
                day = new NodeDay(
                        newDate,
                        newNode,
                        card,
                        field,
                        jobs.stream().filter(job -> job.node().equals(of)).toList(),
                        found::add);
            }
            gpu = newGpu;
            name = "";
            series = new PowerSeries();
        }

        private void endCard() {
            if (day != null && !series.isEmpty()) {
                day.card(gpu, name, series);
            }
            series = new PowerSeries();
        }

        private void endDay() {
            if (day != null) {
                day.end();
            }
            day = null;
        }
    }
}
