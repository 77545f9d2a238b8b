package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.mock.MockException;
import dev.wattline.model.DeviceType;
import dev.wattline.model.RangeSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentTest {
    private static final DeviceType WT310E = DeviceType.of(49).orElseThrow();

    @TempDir
    Path folder;

    @Test
    void rangesOutliveTheMockThatSetThem() {
        Path file = folder.resolve("wt310.state");
        Instrument first = open(Optional.of(file));
        first.set(true, new Instrument.Range(true, 0), List.of(0));
        first.set(false, new Instrument.Range(false, 0.5), List.of(0));
        Instrument second = open(Optional.of(file));
        assertThat(second.volts(0)).isEqualTo(new Instrument.Range(true, 300));
        assertThat(second.amps(0)).isEqualTo(new Instrument.Range(false, 0.5));
        assertThat(second.starts()).isEqualTo(2);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void withoutAPastTheInitialRangesHold() {
        Instrument instrument =
                Instrument.open(WT310E, 1, Optional.empty(), RangeSetting.auto(), RangeSetting.ofText("150"));
        assertThat(instrument.amps(0)).isEqualTo(new Instrument.Range(true, 5));
        assertThat(instrument.volts(0)).isEqualTo(new Instrument.Range(false, 150));
    }

    @ParameterizedTest
    @CsvSource({"false, 0.0484, 0.05", "false, 0.5, 0.5", "false, 0.33085800000000004, 0.5", "true, 239.44, 300"})
    void theSmallestCoveringRangeIsChosen(boolean volts, double value, double range) {
        assertThat(open(Optional.empty()).rangeFor(volts, value)).contains(range);
    }

    @Test
    void noRangeCoversMoreThanTheGreatest() {
        assertThat(open(Optional.empty()).rangeFor(false, 20.1)).isEmpty();
    }

    @Test
    void automaticRangingFollowsTheReading() {
        Instrument instrument =
                Instrument.open(WT310E, 1, Optional.empty(), RangeSetting.auto(), RangeSetting.ofText("300"));
        assertThat(instrument.follow(0, 230, 0.3)).isTrue();
        assertThat(instrument.amps(0)).isEqualTo(new Instrument.Range(true, 0.5));
        assertThat(instrument.volts(0)).as("fixed").isEqualTo(new Instrument.Range(false, 300));
        assertThat(instrument.follow(0, 230, 0.31)).isFalse();
        assertThat(instrument.fixed(0)).isFalse();
    }

    @Test
    void aBrokenStateIsNamed() throws IOException {
        Path file = folder.resolve("broken.state");
        Files.writeString(file, "starts = 1\namps.1 = sometimes 5\n");
        assertThatThrownBy(() -> open(Optional.of(file)))
                .isInstanceOf(MockException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("amps.1");
    }

    private static Instrument open(Optional<Path> file) {
        return Instrument.open(WT310E, 1, file, RangeSetting.of(5), RangeSetting.of(300));
    }
}
