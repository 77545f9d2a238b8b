package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.source.CrossVerdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossCheckTest {
    private static ScopeEnergy energy(String scope, String source, double joules, double sigma) {
        return new ScopeEnergy(scope, source, "counter", 1, joules, sigma, "");
    }

    private static List<CrossVerdict> check(double seconds, ScopeEnergy... energies) {
        return CrossCheck.of(List.of(energies), seconds);
    }

    @Test
    void partsThatDrawMoreThanTheMachineContradictIt() {
        assertThat(check(
                        300,
                        energy("node", "redfish", 10_000, 300),
                        energy("gpu", "amd", 9_000, 300),
                        energy("package", "rapl", 3_000, 100)))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.outcome()).isEqualTo(Outcome.CONTRADICT);
                    assertThat(verdict.differenceJ()).isEqualTo(2_000);
                });
    }

    @Test
    void aModuleThatDrawsMoreThanItsMachineContradictsIt() {
        assertThat(check(300, energy("node", "redfish", 10_000, 300), energy("module", "hwmon", 14_000, 300)))
                .singleElement()
                .extracting(CrossVerdict::what, CrossVerdict::outcome)
                .containsExactly("module within node (redfish)", Outcome.CONTRADICT);
    }

    @Test
    void partsWithinTheMachineAreConsistent() {
        assertThat(check(300, energy("node", "redfish", 10_000, 300), energy("gpu", "amd", 6_000, 200)))
                .singleElement()
                .extracting(CrossVerdict::outcome)
                .isEqualTo(Outcome.CONSISTENT);
    }

    @Test
    void intervalsThatAreTooWideOrShortSayNothing() {
        assertThat(check(300, energy("node", "redfish", 10_000, 900), energy("gpu", "amd", 6_000, 200)))
                .singleElement()
                .extracting(CrossVerdict::outcome)
                .isEqualTo(Outcome.CANNOT_SAY);
        assertThat(check(10, energy("node", "redfish", 10_000, 100), energy("gpu", "amd", 6_000, 50)))
                .singleElement()
                .extracting(CrossVerdict::outcome)
                .isEqualTo(Outcome.CANNOT_SAY);
    }

    @Test
    void twoPathsToOneControllerMustAgree() {
        assertThat(check(300, energy("node", "redfish", 10_000, 100), energy("node", "ipmi", 11_000, 100)))
                .filteredOn(verdict -> verdict.what().startsWith("redfish against ipmi"))
                .singleElement()
                .extracting(CrossVerdict::outcome)
                .isEqualTo(Outcome.CONTRADICT);
        assertThat(check(300, energy("node", "redfish", 10_000, 100), energy("node", "ipmi", 10_100, 100)))
                .extracting(CrossVerdict::outcome)
                .containsExactly(Outcome.CONSISTENT);
    }

    @Test
    void aPackageLiesWithinItsPlatform() {
        assertThat(check(300, energy("psys", "rapl", 1_000, 30), energy("package", "rapl", 1_400, 30)))
                .extracting(CrossVerdict::outcome)
                .containsExactly(Outcome.CONTRADICT);
    }

    @Test
    void aSourceAloneIsComparedWithNothing() {
        assertThat(check(300, energy("gpu", "amd", 6_000, 200))).isEmpty();
    }
}
