package dev.wattline.mock.ptd;

import dev.wattline.model.Phase;
import java.util.List;

/**
 * Recorded readings, one at each tick, from the first at {@code Go}; after the last one it holds. A measurement whose
 * mark ends in {@code _testing} plays the testing run, one that ends in {@code _ranging} the ranging run; with other
 * marks the first measurement is ranging, the others are testing.
 */
final class PlaybackSource implements SampleSource {
    private final RecordedRows ranging;
    private final RecordedRows testing;
    private final Instrument instrument;
    private RecordedRows playing;
    private int next;
    private boolean measuredBefore;

    PlaybackSource(RecordedRows ranging, RecordedRows testing, Instrument instrument) {
        this.ranging = ranging;
        this.testing = testing;
        this.instrument = instrument;
        this.playing = ranging;
    }

    @Override
    public void begin(String mark) {
        if (mark.endsWith("_" + Phase.RANGING.word())) {
            playing = ranging;
        } else if (mark.endsWith("_" + Phase.TESTING.word())) {
            playing = testing;
        } else {
            playing = measuredBefore ? testing : ranging;
        }
        measuredBefore = true;
        next = 0;
    }

    @Override
    public Sample read(double fromSeconds, double toSeconds) {
        Sample sample = playing.get(Math.min(next, playing.size() - 1));
        next++;
        follow(sample);
        return sample;
    }

    @Override
    public Sample current(double seconds) {
        return playing.get(Math.max(0, Math.min(next - 1, playing.size() - 1)));
    }

    private void follow(Sample sample) {
        List<Quadruple> readings = sample.channels().isEmpty() ? List.of(sample.sum()) : sample.channels();
        for (int i = 0; i < Math.min(readings.size(), instrument.channels()); i++) {
            Quadruple reading = readings.get(i);
            if (reading.valid()) {
                instrument.follow(i, reading.value(MeasuredQuantity.VOLTS), reading.value(MeasuredQuantity.AMPS));
            }
        }
    }
}
