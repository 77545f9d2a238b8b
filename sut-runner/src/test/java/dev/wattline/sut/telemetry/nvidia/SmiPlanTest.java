package dev.wattline.sut.telemetry.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.sut.telemetry.FakeSmi;
import java.nio.file.Files;
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

    @Test
    void aDividedCardIsSaidToBeOneAndASuperchipsPowerIsAskedFor() throws Exception {
        Path smi = Files.writeString(folder.resolve("nvidia-smi"), """
                #!/bin/sh
                case $1 in
                  --help-query-gpu)
                    for field in timestamp index uuid name power.draw module.power.draw.average mig.mode.current \\
                        utilization.gpu driver_version; do printf '"%s"\\nWhat it means.\\n\\n' $field; done ;;
                  --query-gpu=index,mig.mode.current) echo "0, Disabled"; echo "1, Enabled" ;;
                  --query-gpu=driver_version) echo 580.10 ;;
                  --query-gpu=timestamp,index,uuid,name,power.draw,module.power.draw.average,utilization.gpu)
                    echo "2026/01/20 10:00:00.000, 0, GPU-1, GH200, 300.10, 620.50, 7"
                    echo "2026/01/20 10:00:00.000, 1, GPU-2, GH200, 301.10, 621.50, [N/A]" ;;
                  *) echo "Field \\"$1\\" is not a valid field to query."; exit 2 ;;
                esac
                """);
        assertThat(smi.toFile().setExecutable(true)).isTrue();

        SmiPlan plan = SmiPlan.probe(smi.toString(), Optional.empty());

        assertThat(plan.fields()).contains("module.power.draw.average").doesNotContain("mig.mode.current");
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("GPU 1 is divided into instances (MIG)", "power is that of the whole card");
    }
}
