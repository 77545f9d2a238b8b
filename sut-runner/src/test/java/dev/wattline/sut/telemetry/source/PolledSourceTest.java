package dev.wattline.sut.telemetry.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.Phase;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader.Streamed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolledSourceTest {
    private static final Series SERIES = new Series("a,b", "", "node", "power", "W", Kind.SAMPLE, 1, 0, null, null);

    @TempDir
    private Path folder;

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-01-01T10:00:00Z"));

    private interface Reading {
        void read(PowerReader.Readings readings);

        @SuppressWarnings("UnusedVariable") // for those that have a stream
        default Streamed readStream(PowerReader.Readings readings, long afterMillis) {
            return Streamed.NOTHING;
        }

        default void stopStream() {}
    }

    private PolledSource source(boolean blocks, Reading reading) {
        PowerReader reader = new PowerReader() {
            @Override
            public List<Series> series() {
                return List.of(SERIES);
            }

            @Override
            public List<String> origin() {
                return List.of("/somewhere");
            }

            @Override
            public void read(Readings readings) {
                reading.read(readings);
            }

            @Override
            public boolean startStream() {
                return true;
            }

            @Override
            public Streamed readStream(Readings readings, long afterMillis) {
                return reading.readStream(readings, afterMillis);
            }

            @Override
            public void stopStream() {
                reading.stopStream();
            }
        };
        PolledSource source = new PolledSource("thing:x", () -> reader, Duration.ofSeconds(2), blocks, time);
        source.probe();
        return source;
    }

    private void tick(PolledSource source, int times) {
        for (int i = 0; i < times; i++) {
            time.advance(Duration.ofSeconds(1));
            source.tick();
        }
    }

    @Test
    void readsAtBothEndsAndEveryIntervalBetween() throws IOException {
        PolledSource source = source(false, readings -> readings.value(SERIES, "612"));

        source.start(Phase.TESTING, folder);
        tick(source, 5);
        source.stop();
        source.stop();
        Source collected = source.finish().source();

        assertThat(collected.cost()).containsEntry("calls", 4.0).containsEntry("values", 4.0);
        assertThat(collected.problems()).isEmpty();
        assertThat(collected.log()).isEqualTo("thing-x.csv");
        List<String> rows = Files.readAllLines(folder.resolve("thing-x.csv"));
        assertThat(rows).hasSize(5);
        assertThat(rows.get(0)).isEqualTo(ReadingLog.HEADER);
        assertThat(rows.get(2)).matches("1767261602000,\\d+,thing:x,a_b,node,power,612,W,ok");
    }

    @Test
    void inBetweenTheStreamIsReadWhereItHasSomething() throws IOException {
        boolean[] there = {true};
        List<String> told = new ArrayList<>();
        PolledSource source = source(true, new Reading() {
            @Override
            public void read(PowerReader.Readings readings) {
                readings.value(SERIES, "1");
            }

            @Override
            public Streamed readStream(PowerReader.Readings readings, long afterMillis) {
                long at = time.epochMillis() - 400;
                if (!there[0]) {
                    return Streamed.NOTHING;
                }
                if (at <= afterMillis) {
                    return Streamed.NOT_YET;
                }
                readings.at(at);
                readings.value(SERIES, "2");
                return Streamed.READ;
            }

            @Override
            public void stopStream() {
                told.add("stopped");
            }
        });

        source.start(Phase.TESTING, folder);
        tick(source, 5);
        there[0] = false;
        tick(source, 1);
        source.stop();
        Source collected = source.finish().source();
        source.close();

        assertThat(collected.problems()).isEmpty();
        assertThat(collected.cost()).containsEntry("calls", 3.0).containsEntry("streamed", 2.0);
        assertThat(Files.readAllLines(folder.resolve("thing-x.csv")).subList(1, 6))
                .extracting(row -> row.replaceAll("^(\\d+),\\d+(,.*)?,node,power,(\\d),.*", "$1 $3"))
                .containsExactly(
                        "1767261600000 1", "1767261601600 2", "1767261603600 2", "1767261606000 1", "1767261606000 1");
        assertThat(told).containsExactly("stopped");
    }

    @Test
    void whatTheStreamHadBeforeACallEndedIsNotReadAfterIt() throws IOException {
        PolledSource source = source(true, new Reading() {
            @Override
            public void read(PowerReader.Readings readings) {
                time.advance(Duration.ofMillis(1500)); // a slow call, whose value is of its end
                readings.value(SERIES, Long.toString(time.epochMillis()));
            }

            @Override
            public Streamed readStream(PowerReader.Readings readings, long afterMillis) {
                long at = time.epochMillis() / 1000 * 1000; // a row each second
                if (at <= afterMillis) {
                    return Streamed.NOT_YET;
                }
                readings.at(at);
                readings.value(SERIES, Long.toString(at));
                return Streamed.READ;
            }
        });

        source.start(Phase.TESTING, folder);
        for (int i = 0; i < 40; i++) {
            time.advance(Duration.ofMillis(300));
            source.tick();
        }
        source.stop();
        source.finish();
        source.close();

        assertThat(Files.readAllLines(folder.resolve("thing-x.csv")).stream()
                        .skip(1)
                        .map(row -> Long.valueOf(row.split(",", -1)[6])))
                .hasSizeGreaterThan(5)
                .isSorted();
    }

    @Test
    void missingReadingsAreCountedByTheirReason() {
        PolledSource source = source(false, readings -> readings.missing(SERIES, "denied"));

        source.start(Phase.TESTING, folder);
        source.stop();

        assertThat(source.finish().source().problems())
                .containsExactly("2 readings are missing: denied", "the log holds no reading");
    }

    @Test
    void aReaderThatFailsIsLeftAloneAndTold() {
        PolledSource source = source(true, readings -> {
            throw new SutException("the card fell off the bus", null);
        });

        source.start(Phase.TESTING, folder);
        tick(source, 10);
        source.stop();
        Source collected = source.finish().source();

        assertThat(collected.cost()).containsEntry("calls", 1.0);
        assertThat(collected.problems().get(0)).startsWith("the card fell off the bus");
        source.close();
    }

    @Test
    void aReaderThatHangsInMidPhaseCostsItsReadingsAndNothingElse() {
        CountDownLatch never = new CountDownLatch(1);
        boolean[] hang = {false};
        PolledSource source = source(true, readings -> {
            if (hang[0]) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            readings.value(SERIES, "1");
        });

        source.start(Phase.TESTING, folder);
        hang[0] = true;
        tick(source, 40);
        source.stop();
        Source collected = source.finish().source();
        source.close();

        assertThat(collected.cost()).containsEntry("values", 1.0);
        assertThat(collected.problems()).singleElement().asString().contains("15 s");
    }
}
