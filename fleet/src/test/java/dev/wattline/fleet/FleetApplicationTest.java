package dev.wattline.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.CardReadings;
import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.series.PowerSeries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application in one process: two days, two nodes, two cards each, ten minutes of readings a day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetApplicationTest {
    private static final String CARD = "NVIDIA A100-SXM4-80GB";
    private static final int READINGS = 600;
    private static final int GAP_FROM = 300;
    private static final int GAP_TO = 320;
    private static final StructType TELEMETRY = new StructType()
            .add("date", DataTypes.StringType)
            .add("node", DataTypes.StringType)
            .add("ts_us", DataTypes.LongType)
            .add("gpu_uuid", DataTypes.StringType)
            .add("power_w", DataTypes.FloatType)
            .add("gpu_name", DataTypes.StringType);
    private static final DateTimeFormatter SMI =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Path folder = Path.of("");
    private final SparkSession spark = SparkSession.builder()
            .master("local[2]")
            .appName("fleet-test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();

    /** A card's day, as both forms of telemetry hold it. */
    private record CardDay(String date, String node, String gpu, long startMs, List<Integer> milliwatts) {
        /** Readings with a gap; at a place in it there is none. */
        boolean has(int second) {
            return second < GAP_FROM || second >= GAP_TO;
        }

        PowerSeries series() {
            PowerSeries series = new PowerSeries();
            for (int second = 0; second < milliwatts.size(); second++) {
                if (has(second)) {
                    series.add(startMs + 1000L * second, milliwatts.get(second));
                }
            }
            return series;
        }
    }

    private final List<CardDay> fleet = new ArrayList<>();

    @BeforeAll
    void makeTelemetry(@TempDir Path temporary) throws IOException {
        folder = temporary;
        SplittableRandom random = new SplittableRandom(7);
        for (String date : List.of("2026-01-30", "2026-01-31")) {
            for (String node : List.of("a1", "a2")) {
                for (int gpu = 0; gpu < 2; gpu++) {
                    List<Integer> milliwatts = new ArrayList<>();
                    for (int second = 0; second < READINGS; second++) {
                        milliwatts.add(10 * (30_000 + 1000 * gpu + random.nextInt(4000)));
                    }
                    fleet.add(new CardDay(
                            date,
                            node,
                            "GPU-" + node + "-" + gpu,
                            Instant.parse(date + "T10:00:00Z").toEpochMilli(),
                            milliwatts));
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (CardDay day : fleet) {
            Path log = folder.resolve("logs/date=" + day.date + "/node=" + day.node + "/gpu-" + day.gpu + ".csv");
            Files.createDirectories(log.getParent());
            StringBuilder text = new StringBuilder("timestamp, index, uuid, name, power.draw [W]\n");
            for (int second = 0; second < READINGS; second++) {
                if (day.has(second)) {
                    long ms = day.startMs + 1000L * second;
                    double watts = day.milliwatts.get(second) / 1e3;
                    rows.add(RowFactory.create(day.date, day.node, 1000 * ms, day.gpu, (float) watts, CARD));
                    text.append(String.format(
                            Locale.ROOT,
                            "%s, %s, %s, %s, %.2f W%n",
                            SMI.format(Instant.ofEpochMilli(ms)),
                            day.gpu.substring(day.gpu.length() - 1),
                            day.gpu,
                            CARD,
                            watts));
                }
            }
            Files.writeString(log, text);
        }
        spark.createDataFrame(rows, TELEMETRY)
                .repartition(3) // readings of a card lie in several files, in no order
                .write()
                .partitionBy("date", "node")
                .parquet(folder.resolve("parquet").toString());
        Files.writeString(folder.resolve("jobs.csv"), """
            job,node,start,end
            train,a1,2026-01-31T10:01:00Z,2026-01-31T10:04:00Z
            train,a2,2026-01-31T10:01:00Z,2026-01-31T10:04:00Z
            other,a1,2026-01-30T10:06:00Z,2026-01-30T10:09:00Z
            """);
    }

    @AfterAll
    void stop() {
        spark.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "logs"})
    void cardsNodesAndJobsAreThoseOfTheAnalysisAlone(String form) throws IOException {
        Path out = folder.resolve("out-" + form);

        FleetApplication.run(
                spark,
                new FleetRequest(
                        folder.resolve(form).toString(),
                        form.equals("logs"),
                        out.toString(),
                        folder.resolve("jobs.csv").toString(),
                        "",
                        "power.draw",
                        "parquet"));

        List<Row> cards = spark.read().parquet(out + "/cards").collectAsList();
        assertThat(cards).hasSize(fleet.size());
        for (Row row : cards) {
            CardDay day = fleet.stream()
                    .filter(each -> each.date.equals(row.getAs("date")) && each.gpu.equals(row.getAs("gpu_uuid")))
                    .findFirst()
                    .orElseThrow();
            CardReadings alone = CardReadings.of(day.series(), CARD, "power.draw");
            PhaseBudget budget = alone.over(alone.firstMs(), alone.lastMs());
            double seconds = READINGS - 1;
            close(row, "seconds", seconds);
            close(row, "energy_j", budget.powerW() * seconds);
            close(row, "half_width_j", budget.halfWidth() * seconds);
            close(row, "sampling_half_width_j", budget.samplingHalfWidth() * seconds);
            assertThat(row.<Long>getAs("readings")).isEqualTo(READINGS - (GAP_TO - GAP_FROM));
            assertThat(row.<Long>getAs("gaps")).isEqualTo(1);
            close(row, "gap_s", GAP_TO - GAP_FROM + 1);
        }
        List<Row> nodes = spark.read().parquet(out + "/nodes").collectAsList();
        assertThat(nodes).hasSize(4);
        for (Row node : nodes) {
            close(node, "energy_j", sum(cards, node));
            assertThat(node.<Integer>getAs("cards")).isEqualTo(2);
        }
        List<Row> jobs = spark.read().parquet(out + "/jobs").orderBy("job").collectAsList();
        assertThat(jobs).extracting(row -> row.getAs("job")).containsExactly("other", "train");
        close(jobs.get(1), "energy_j", job("2026-01-31", 60_000, 240_000));
        assertThat(jobs.get(1).<Long>getAs("card_days")).isEqualTo(4);
        close(jobs.get(1), "seconds", 180);
    }

    private double sum(List<Row> cards, Row node) {
        return cards.stream()
                .filter(card -> card.getAs("date").equals(node.getAs("date"))
                        && card.getAs("node").equals(node.getAs("node")))
                .mapToDouble(card -> card.<Double>getAs("energy_j"))
                .sum();
    }

    private double job(String date, long fromMs, long toMs) {
        return fleet.stream()
                .filter(day -> day.date.equals(date))
                .mapToDouble(day -> CardReadings.of(day.series(), CARD, "power.draw")
                                .over((double) (day.startMs + fromMs), (double) (day.startMs + toMs))
                                .powerW()
                        * (toMs - fromMs)
                        / 1e3)
                .sum();
    }

    private static void close(Row row, String column, double expected) {
        assertThat(row.<Double>getAs(column)).as(column).isEqualTo(expected, within(1e-9 * Math.abs(expected)));
    }

    @Test
    void whatCannotBeWorkedWithIsTold() throws IOException {
        Path other = folder.resolve("other");
        spark.range(3).write().parquet(other.toString());
        Files.createDirectories(folder.resolve("empty"));

        fails(new FleetRequest(folder + "/none", false, folder + "/o", null, "", "power.draw", "csv"), "there is no ");
        fails(
                new FleetRequest(other.toString(), false, folder + "/o", null, "", "power.draw", "csv"),
                "has no date, gpu_uuid, node, power_w, ts_us");
        fails(new FleetRequest(folder + "/empty", true, folder + "/o", null, "", "power.draw", "csv"), "no log below");
        fails(
                new FleetRequest(folder + "/parquet", false, other.toString(), null, "", "power.draw", "csv"),
                "is there already");
        fails(
                new FleetRequest(folder + "/parquet", false, folder + "/o", folder + "/x.csv", "", "power.draw", "csv"),
                "there is no ");
        assertThat(folder.resolve("o")).doesNotExist();
    }

    private void fails(FleetRequest request, String message) {
        assertThatThrownBy(() -> FleetApplication.run(spark, request))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--parquet a",
                "--out a",
                "--parquet a --logs b --out c",
                "--parquet a --out",
                "--parquet a --out b --format json",
                "--speed 1"
            })
    void wrongUsageIsTold(String line) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatThrownBy(() -> FleetRequest.of(words)).isInstanceOf(FleetException.class);
    }

    @Test
    void aTableOfJobsNamesTheLineThatCannotBeRead() {
        assertThatThrownBy(() -> Job.read("jobs.csv", reader("job,start,end\n")))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("jobs.csv:1: expected the columns job, node, start, end");
        assertThatThrownBy(() -> Job.read("jobs.csv", reader("job,node,start,end\na,b,yesterday,today\n")))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("jobs.csv:2:");
        assertThatThrownBy(() -> Job.read(
                        "jobs.csv", reader("job,node,start,end\na,b,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z\n")))
                .hasMessageContaining("ends before it begins");
    }

    private static BufferedReader reader(String text) {
        return new BufferedReader(new StringReader(text));
    }
}
