package dev.wattline.analysis.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MachinePrintTest {
    private static MachinePrint print(Map<String, String> changed) {
        TreeMap<String, String> facts = new TreeMap<>(Map.of(
                "board",
                "a",
                "driver",
                "580.1",
                "card GPU-1",
                "H100",
                "limit GPU-1",
                "700 W",
                "mig GPU-1",
                "Disabled"));
        facts.putAll(changed);
        facts.values().removeIf(String::isEmpty);
        return new MachinePrint(facts);
    }

    @Test
    void changesOfCardsAreRefusedThoseOfLimitsAreTheUsersAndThoseOfSoftwareAreTold() {
        MachinePrint before = print(Map.of());

        assertThat(before.changes(before)).isEqualTo(new MachinePrint.Changes(List.of(), List.of(), List.of()));
        assertThat(before.changes(print(Map.of("card GPU-1", "", "card GPU-2", "H100")))
                        .refused())
                .containsExactly(
                        "card GPU-1: H100 when calibrated, nothing now",
                        "card GPU-2: nothing when calibrated, H100 now");
        assertThat(before.changes(print(Map.of("mig GPU-1", "Enabled"))).refused())
                .hasSize(1);
        assertThat(before.changes(print(Map.of("limit GPU-1", "500 W"))).acceptable())
                .containsExactly("limit GPU-1: 700 W when calibrated, 500 W now");
        assertThat(before.changes(print(Map.of("driver", "590"))).told()).hasSize(1);
        // What one of both could not read is no other machine.
        assertThat(before.changes(print(Map.of("board", ""))).told()).hasSize(1);
        assertThat(before.changes(print(Map.of("board", "b"))).refused()).hasSize(1);
    }

    @Test
    void hashIsOfTheFactsAlone() {
        assertThat(print(Map.of()).hash())
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(print(Map.of()).hash())
                .isNotEqualTo(print(Map.of("board", "b")).hash());
    }

    @Test
    void otherSuppliesAreRefusedAndThoseNotKnownOnOneSideAreTold() {
        MachinePrint before = print(Map.of())
                .with(List.of(
                        new MachinePrint.Supply("chassis/supply 0", "A, Enabled, 1600 W"),
                        new MachinePrint.Supply("chassis/supply 1", "A, Enabled, 1600 W")));
        MachinePrint one =
                print(Map.of()).with(List.of(new MachinePrint.Supply("chassis/supply 0", "A, Enabled, 1600 W")));
        MachinePrint other = before.with(List.of(new MachinePrint.Supply("chassis/supply 1", "B, Enabled, 2000 W")));

        assertThat(before.changes(before).refused()).isEmpty();
        assertThat(before.changes(one).refused())
                .containsExactly("supply chassis/supply 1: A, Enabled, 1600 W when calibrated, nothing now");
        assertThat(before.changes(other).refused()).hasSize(1);
        assertThat(before.changes(print(Map.of())))
                .isEqualTo(new MachinePrint.Changes(List.of(), List.of(), List.of("power supplies: not known now")));
        assertThat(print(Map.of()).changes(before).told()).containsExactly("power supplies: not known when calibrated");
        assertThat(before.hash()).isNotEqualTo(other.hash());
    }
}
