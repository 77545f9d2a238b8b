package dev.wattline.bench.spine;

import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.ptd.MeasurementQuery;
import dev.wattline.ptd.PtdClient;
import dev.wattline.ptd.PtdCommand;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdEndpoint;
import dev.wattline.ptd.PtdListener;
import dev.wattline.ptd.PtdOptions;
import dev.wattline.ptd.Quantity;
import dev.wattline.ptd.Selector;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code RL} through the PTDaemon client: how its time grows with the samples. */
final class ReadBack implements Part {
    private static final int[] SAMPLES = {1_000, 10_000, 100_000};
    private static final int ROUNDS = 3;
    private static final int TOTAL = (1_000 + 10_000 + 100_000) * (ROUNDS + 1); // PTDaemon keeps up to 500 000
    private static final double SPEED = 20_000; // samples a second that the mock makes at most
    private static final Duration PATIENCE = Duration.ofSeconds(60); // a mock behind its grid catches up first
    private static final double LINEAR = 15; // ten times the samples may take that many times as long

    @Override
    public String name() {
        return "rl";
    }

    @Override
    public List<BenchFigure> measure(SpineContext around) throws InterruptedException {
        MockPtdOptions options = MockPtdOptions.builder(PtdArguments.of(49))
                .startDelay(Duration.ofMillis(1))
                .speed(SPEED)
                .stdout(OutputStream.nullOutputStream())
                .build();
        double[] medians = new double[SAMPLES.length];
        try (MockPtd mock = MockPtd.start(options);
                PtdConnector connector = PtdConnector.create(PtdOptions.DEFAULT);
                PtdClient client = PtdClient.connect(
                        connector,
                        new PtdEndpoint("127.0.0.1", mock.port()),
                        Duration.ofSeconds(10),
                        PtdListener.NONE)) {
            fill(client);
            for (int i = 0; i < SAMPLES.length; i++) {
                double[] millis = new double[ROUNDS];
                read(client, around, SAMPLES[i]); // the first reading of a size is not counted
                for (int round = 0; round < ROUNDS; round++) {
                    millis[round] = read(client, around, SAMPLES[i]);
                }
                medians[i] = new Quantiles(millis).median();
            }
        }
        return figures(medians);
    }

    /** Has the samples measured that all readings together take. */
    private static void fill(PtdClient client) throws InterruptedException {
        client.execute(new PtdCommand.Timed(TOTAL, 1000, 0));
        while (client.execute(new MeasurementQuery.Statistics(Quantity.WATTS), PATIENCE)
                        .samples()
                < TOTAL) {
            SpineContext.pause(Duration.ofMillis(100));
        }
    }

    private static double read(PtdClient client, SpineContext around, int samples) throws InterruptedException {
        long begin = around.time().nanoTime();
        int rows = client.execute(new MeasurementQuery.ReadLast(Selector.of(samples), Selector.UNSPECIFIED))
                .size();
        double millis = (around.time().nanoTime() - begin) / 1e6;
        if (rows != samples) {
            throw new IllegalStateException("RL," + samples + " brought " + rows + " rows");
        }
        return millis;
    }

    private static List<BenchFigure> figures(double[] medians) {
        List<BenchFigure> figures = new ArrayList<>();
        for (int i = 0; i < SAMPLES.length; i++) {
            figures.add(BenchFigure.of("RL of " + SAMPLES[i] + " samples: ms", medians[i]));
        }
        figures.add(BenchFigure.of("RL of 100000 samples: times that of 10000", medians[2] / medians[1])
                .mustBe(new Target.AtMost(LINEAR)));
        return figures;
    }
}
