package dev.wattline.mock.ptd;

import dev.wattline.mock.scenario.FaultAction.Disturb;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Records one measurement's samples, after doing to them what faults demand. */
final class DisturbedRecorder {
    private final SampleRecorder recorder;
    private @Nullable Taken held; // its row comes behind the next one's

    private record Taken(Instant at, Sample sample) {}

    DisturbedRecorder(SampleRecorder recorder) {
        this.recorder = recorder;
    }

    void record(Instant at, Sample sample, String mark, List<Disturb> disturbances) {
        Sample result = sample;
        int times = 1;
        boolean hold = false;
        for (Disturb one : disturbances) {
            switch (one.kind()) {
                case NAN -> result = result.with(reading -> Quadruple.ERROR);
                case OVERRANGE -> result = result.with(Quadruple::encoded);
                case UNCERTAINTY -> recorder.forceUncertainty(OptionalDouble.of(one.percent() / 100));
                case LOST -> times = 0;
                case DUPLICATED -> times = 2;
                case SWAPPED -> hold = held == null;
                case MISSED -> {
                    // it was late, and its rows of -2 come behind it
                }
            }
        }
        if (hold) {
            held = new Taken(at, result);
        } else {
            for (int i = 0; i < times; i++) {
                recorder.record(at, result, mark);
            }
            release(mark);
        }
        recorder.forceUncertainty(OptionalDouble.empty());
    }

    /** Records what was held back. */
    void release(String mark) {
        if (held != null) {
            recorder.record(held.at(), held.sample(), mark);
            held = null;
        }
    }
}
