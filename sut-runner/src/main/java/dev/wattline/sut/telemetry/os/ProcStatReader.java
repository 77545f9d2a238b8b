package dev.wattline.sut.telemetry.os;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.SysFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How busy the processors are, from the first line of {@code /proc/stat} (proc(5)): busy and all clock ticks since boot,
 * summed over the processors. No power: it stands in where no counter may be read. Everybody may read it.
 */
public final class ProcStatReader implements PowerReader {
    /** Where Linux keeps it. */
    public static final String FILE = "/proc/stat";

    private static final Series BUSY = series("busy");
    private static final Series ALL = series("all");
    private static final int LAST_FIELD = 8; // guest time, fields 9 and 10, is contained in user and nice

    private final Path file;

    private ProcStatReader(Path file) {
        this.file = file;
    }

    /**
     * @throws SutException if there is no such file
     */
    public static ProcStatReader open(Path file) {
        if (SysFile.text(file).filter(text -> text.startsWith("cpu ")).isEmpty()) {
            throw new SutException(file + " does not tell how busy the processors are", "Only Linux has it.");
        }
        return new ProcStatReader(file);
    }

    private static Series series(String quantity) {
        return new Series("cpu", "", "activity", quantity, "ticks", Kind.COUNTER, 1, 0, 10.0, null);
    }

    @Override
    public List<Series> series() {
        return List.of(BUSY, ALL);
    }

    @Override
    public List<String> origin() {
        return List.of(file.toString());
    }

    @Override
    public void read(Readings readings) {
        Optional<String> text = SysFile.text(file);
        if (text.isEmpty()) {
            readings.missing(BUSY, SysFile.reason(file));
            return;
        }
        String line = text.get().lines().findFirst().orElse("");
        String[] fields = line.split("\\s+");
        long all = 0;
        long idle = 0;
        for (int i = 1; i <= Math.min(LAST_FIELD, fields.length - 1); i++) {
            if (!fields[i].matches("\\d{1,18}")) {
                readings.missing(BUSY, "not-a-number");
                return;
            }
            long ticks = Long.parseLong(fields[i]);
            all += ticks;
            idle += i == 4 || i == 5 ? ticks : 0; // idle and iowait
        }
        readings.value(BUSY, Long.toString(all - idle));
        readings.value(ALL, Long.toString(all));
    }
}
