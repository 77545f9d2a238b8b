package dev.wattline.sut.telemetry.source;

import dev.wattline.files.TelemetryMeta.Series;
import java.util.ArrayList;
import java.util.List;

/** What a reader gives, as lines of scope, entity and value or reason. */
public final class TakenReadings implements PowerReader.Readings {
    private final List<String> lines = new ArrayList<>();

    /** What the reader reads now. */
    public static List<String> of(PowerReader reader) {
        TakenReadings readings = new TakenReadings();
        reader.read(readings);
        return readings.lines;
    }

    /** What was told so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void at(long epochMillis) {
        lines.add("at " + epochMillis);
    }

    @Override
    public void value(Series series, String raw) {
        lines.add(series.scope() + " " + series.entity() + " " + raw + " " + series.unit());
    }

    @Override
    public void missing(Series series, String reason) {
        lines.add(series.scope() + " " + series.entity() + " !" + reason);
    }
}
