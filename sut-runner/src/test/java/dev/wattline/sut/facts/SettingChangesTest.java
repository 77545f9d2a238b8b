package dev.wattline.sut.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.SystemFacts;
import dev.wattline.files.SystemFacts.Gpu;
import dev.wattline.files.SystemFacts.Host;
import dev.wattline.files.SystemFacts.Processor;
import dev.wattline.files.SystemFacts.Software;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingChangesTest {
    private static SystemFacts machine(String governor, @Nullable Double limitW) {
        return new SystemFacts(
                null,
                new Host("rig", "", "", ""),
                new Software("", "", "", List.of()),
                new Processor("", 2, 64, 128, governor, "", "", "on", "on", List.of("350 W")),
                null,
                null,
                "570.86",
                List.of(new Gpu(3, "", "H200", "", null, limitW, 700.0, 700.0, null, null, "", "Enabled", "Disabled")),
                "./run.sh",
                List.of());
    }

    @Test
    void tellsWhatIsAnother() {
        assertThat(SettingChanges.between(machine("performance x 128", 700.0), machine("powersave x 128", 500.0)))
                .containsExactly(
                        "the frequency governor was performance x 128 before the run and is powersave x 128 after it",
                        "the power limit of GPU 3 was 700.0 W before the run and is 500.0 W after it");
        assertThat(SettingChanges.between(machine("performance", 700.0), machine("performance", 700.0)))
                .isEmpty();
    }

    /** A tool that does not answer the second time is no change of a setting. */
    @Test
    void whatIsNotToldIsNotCompared() {
        assertThat(SettingChanges.between(machine("performance", 700.0), machine("", null)))
                .isEmpty();
        assertThat(SettingChanges.between(machine("", null), machine("performance", 700.0)))
                .isEmpty();
    }
}
