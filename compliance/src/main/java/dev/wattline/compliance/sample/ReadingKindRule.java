package dev.wattline.compliance.sample;

import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import java.util.Locale;
import java.util.Optional;

/** A sample is a measured value above zero: no read error, none missed, none out of the analyzer's range, no zero. */
public final class ReadingKindRule implements SampleRule {

    @Override
    public Optional<SampleFault> next(PowerSample sample) {
        Reading reading = sample.reading();
        if (reading.watts() > 0) {
            return Optional.empty();
        }
        return Optional.of(
                switch (reading.kind()) {
                    case VALID -> new SampleFault("sample-zero", "the analyzer read 0 W", 0);
                    case ERROR -> new SampleFault("sample-error", "the analyzer's answer was no number", 1);
                    case MISSED -> new SampleFault("sample-missed", "the analyzer answered too late", 1);
                    case OUT_OF_RANGE ->
                        new SampleFault(
                                "sample-out-of-range",
                                String.format(
                                        Locale.ROOT,
                                        "%.6f stands for %.6f W measured outside the analyzer's valid window",
                                        reading.watts(),
                                        reading.decodedWatts()),
                                reading.decodedWatts());
                });
    }
}
