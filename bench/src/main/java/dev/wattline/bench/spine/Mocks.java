package dev.wattline.bench.spine;

import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import java.time.Duration;
import java.util.List;

/** Runs mock PTDaemons within this process and notes when each of them handles {@code Go}. */
final class Mocks {
    private static final double SPEED = 200; // so that a measurement ends 5 ms after Stop

    private final Arrivals arrivals;

    Mocks(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** Starts one with the command line of a PTDaemon, the program's name left out. */
    MockPtd start(List<String> arguments) {
        return MockPtd.start(MockPtdOptions.builder(PtdArguments.parse(arguments))
                .startDelay(Duration.ofMillis(1))
                .speed(SPEED)
                .stdout(arrivals.output())
                .build());
    }
}
