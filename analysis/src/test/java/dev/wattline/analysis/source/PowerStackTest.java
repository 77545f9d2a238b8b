package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.source.PowerStack.Basis;
import dev.wattline.analysis.source.PowerStack.Layer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PowerStackTest {
    private static ScopeEnergy energy(String scope, String source, double joules, double sigma) {
        return new ScopeEnergy(scope, source, "counter", 1, joules, sigma, "");
    }

    private static EnergyStatement statement(ScopeEnergy... energies) {
        return new EnergyStatement(
                100,
                List.of(energies),
                CrossCheck.of(List.of(energies), 100),
                List.of(),
                Optional.empty(),
                Cooling.NONE,
                List.of(),
                List.of());
    }

    private static Layer layer(EnergyStatement statement, String name) {
        return PowerStack.of(statement).layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsMeasuredWhatIsADifferenceAndWhatNobodySawStandInTheirOrder() {
        EnergyStatement statement = statement(
                energy("wall", "analyzer", 52_000, 100),
                energy("node", "redfish", 48_000, 1_200),
                energy("gpu", "nvml", 30_000, 500),
                energy("package", "rapl", 10_000, 300));

        assertThat(PowerStack.of(statement).layers())
                .extracting(Layer::name, Layer::basis, Layer::whole)
                .containsExactly(
                        tuple("GPUs", Basis.MEASURED, false),
                        tuple("processors", Basis.MEASURED, false),
                        tuple("memory", Basis.NOT_SEEN, false),
                        tuple("rest of the node", Basis.INFERRED, false),
                        tuple("node", Basis.MEASURED, true),
                        tuple("losses of the supplies", Basis.INFERRED, false),
                        tuple("wall", Basis.MEASURED, true));
        Layer rest = layer(statement, "rest of the node");
        assertThat(rest.energyJ()).isEqualTo(8_000);
        assertThat(rest.sigmaJ()).isCloseTo(Math.sqrt(1_200 * 1_200 + 500 * 500 + 300 * 300), within(1e-9));
        assertThat(rest.why()).contains("memory");
        assertThat(layer(statement, "losses of the supplies").energyJ()).isEqualTo(4_000);
    }

    @Test
    void ofTwoSourcesOfAScopeTheNarrowerOneCounts() {
        EnergyStatement statement = statement(
                energy("node", "ipmi", 40_000, 3_000),
                energy("node", "redfish", 41_000, 1_000),
                energy("gpu", "nvml", 30_000, 500));

        assertThat(layer(statement, "node").by()).isEqualTo("redfish");
        assertThat(layer(statement, "rest of the node").energyJ()).isEqualTo(11_000);
        assertThat(statement.outermost()).map(ScopeEnergy::source).contains("redfish");
        assertThat(statement.method()).isEqualTo("bmc");
        assertThat(layer(statement, "wall").why()).contains("no calibration");
    }

    @Test
    void aModuleHoldsItsGpuAndProcessor() {
        EnergyStatement statement = statement(
                energy("wall", "command:plug", 60_000, 500),
                energy("module", "hwmon", 40_000, 1_000),
                energy("gpu", "nvidia-smi", 30_000, 1_000));

        assertThat(PowerStack.of(statement).layers())
                .extracting(Layer::name)
                .containsExactly("module", "rest of the machine", "wall");
        assertThat(layer(statement, "rest of the machine").energyJ()).isEqualTo(20_000);
        assertThat(statement.method()).isEqualTo("meter");
    }

    @Test
    void partsThatUseMoreThanTheWholeAreSaidToBeWrongAndAreNotTrusted() {
        EnergyStatement statement =
                statement(energy("node", "redfish", 20_000, 300), energy("gpu", "amd", 30_000, 300));

        assertThat(layer(statement, "rest of the node").why()).contains("one of the sources is wrong");
        assertThat(statement.energies())
                .allSatisfy(one -> assertThat(statement.confidence(one)).startsWith("Low: contradicted"));
    }

    @Test
    void onlyAnAnalyzerIsHighWithoutACalibration() {
        EnergyStatement statement =
                statement(energy("wall", "analyzer", 50_000, 100), energy("gpu", "nvml", 30_000, 30));

        assertThat(statement.confidence(statement.energies().get(0))).startsWith("High: measured at the wall");
        assertThat(statement.confidence(statement.energies().get(1))).startsWith("Low: not calibrated, ±0.2 %");
        assertThat(statement.method()).isEqualTo("analyzer");
    }

    @Test
    void ofNextToNothingNoPercentageIsSaid() {
        EnergyStatement statement = statement(energy("rail", "tegrastats", 0, 25), energy("node", "ipmi", 40, 25));

        assertThat(statement.energies())
                .extracting(statement::confidence)
                .containsOnly("Low: not calibrated, an interval wider than the figure is assumed of its kind");
    }

    @Test
    void aScopeWithoutFigureSaysWhy() {
        EnergyStatement statement = statement(
                new ScopeEnergy("gpu", "nvml", "counter", 1, Double.NaN, Double.NaN, "the counter stood still"));

        assertThat(layer(statement, "GPUs").basis()).isEqualTo(Basis.NOT_SEEN);
        assertThat(layer(statement, "GPUs").why()).isEqualTo("nvml: the counter stood still");
        assertThat(statement.outermost()).isEmpty();
        assertThat(statement.method()).isEqualTo("none");
    }
}
