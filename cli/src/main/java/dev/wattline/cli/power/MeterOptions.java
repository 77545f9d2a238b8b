package dev.wattline.cli.power;

import dev.wattline.analysis.calibration.PowerCalibration.Meter;
import dev.wattline.analysis.source.MeteredSession;
import dev.wattline.cli.options.UsageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A session beside a meter: {@code @Mixin MeterOptions}, the same for making and for checking a calibration. */
final class MeterOptions {
    private static final double ANALYZER_PCT = 0.1;
    private static final double METER_PCT = 1.5;
    private static final double METER_W = 0.5;

    @Parameters(
            index = "0+",
            arity = "1",
            paramLabel = "SESSION",
            description = "Folder of 'wattline run' with an analyzer, or of 'wattline measure -o'.")
    private Path session = Path.of("");

    @Option(
            names = "--meter",
            paramLabel = "FILE",
            description = "Another meter's CSV with the columns unix_ms and watts (default: the session's analyzer).")
    private @Nullable Path meter;

    @Option(
            names = "--meter-uncertainty",
            paramLabel = "PCT",
            description =
                    "Limit of its error in percent (default: 0.1 of an analyzer, 1.5 and 0.5 W of another meter).")
    private @Nullable Double uncertainty;

    @Option(
            names = "--stairs",
            paramLabel = "FILE",
            description = "staircase.csv of 'wattline workload --staircase' (default: the run was another workload).")
    private @Nullable Path stairs;

    @Option(
            names = "--max-lag",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How far the clocks of machine and meter may be apart (default: ${DEFAULT-VALUE}).")
    private double maxLag;

    MeteredSession read() {
        if (!(maxLag >= 0) || maxLag > 3600) {
            throw new UsageException("--max-lag: expected seconds of 0 to 3600, got " + maxLag, null);
        }
        return MeteredSession.read(new MeteredSession.Request(session, meter, stairs, maxLag));
    }

    Meter meter() {
        if (uncertainty != null && !(uncertainty > 0 && uncertainty < 100)) {
            throw new UsageException(
                    "--meter-uncertainty: expected percent above 0 and below 100, got " + uncertainty, null);
        }
        boolean analyzer = meter == null;
        double pct = uncertainty != null ? uncertainty : analyzer ? ANALYZER_PCT : METER_PCT;
        return new Meter(analyzer ? "analyzer" : "meter", "", pct, analyzer || uncertainty != null ? 0 : METER_W);
    }
}
