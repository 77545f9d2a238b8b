package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftedTimeSourceTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void addsWhatTheFileHoldsAtThatMomentToTheWallClockAlone() throws IOException {
        Path file = folder.resolve("shift");
        ManualTimeSource clocks = new ManualTimeSource(START);
        TimeSource shifted = new ShiftedTimeSource(clocks, file);
        long nanos = clocks.nanoTime();

        assertThat(shifted.now()).isEqualTo(START);
        Files.writeString(file, "-1500\n");
        assertThat(shifted.now()).isEqualTo(START.minusMillis(1500));
        Files.writeString(file, "60");
        assertThat(shifted.now()).isEqualTo(START.plusMillis(60));
        assertThat(shifted.nanoTime()).isEqualTo(nanos);
    }

    @Test
    void aProcessThatIsNotAskedToShiftsNothing() {
        assertThat(TimeSource.system()).isSameAs(TimeSource.SystemTimeSource.INSTANCE);
    }
}
