package dev.wattline.sut.telemetry.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.sut.telemetry.FakeSmi;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a POSIX shell's")
class SmiPlanTest {
    @TempDir
    private Path folder;

    @Test
    void asksForTheFieldsThatTheProgramKnowsAndTheCardsAnswer() throws Exception {
        Path smi = FakeSmi.write(folder, new String[] {"NVIDIA H100 PCIe", "NVIDIA H100 PCIe"}, "71.50", ":");

        SmiPlan plan = SmiPlan.probe(smi.toString(), Optional.empty());

        assertThat(plan.fields())
                .containsExactly(
                        "timestamp",
                        "index",
                        "uuid",
                        "name",
                        "power.draw",
                        "power.draw.average",
                        "power.draw.instant",
                        "clocks.sm");
        assertThat(plan.interval()).isEqualTo(SamplingInterval.AVERAGED);
    }

    @Test
    void readsOftenWhereNoCardAverages() throws Exception {
        Path smi = FakeSmi.write(folder, new String[] {"NVIDIA A100-SXM4-80GB"}, "[N/A]", ":");

        SmiPlan plan = SmiPlan.probe(smi.toString(), Optional.empty());

        assertThat(plan.fields()).doesNotContain("power.draw.average");
        assertThat(plan.interval()).isEqualTo(SamplingInterval.USUAL);
    }
}
