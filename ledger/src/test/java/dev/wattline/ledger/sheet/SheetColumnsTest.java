package dev.wattline.ledger.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.OtherFormatException;
import dev.wattline.ledger.hardware.DesignPowers;
import dev.wattline.ledger.out.SheetOutput;
import dev.wattline.ledger.read.tree.SystemDescriptions;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetColumnsTest {
    @TempDir
    Path folder;

    @Test
    void aSessionHasItsPhasesWithSecondsIntervalAndConfidence() throws IOException {
        Path tree = SharedData.orSkip("ledger/rounds/v4.1");
        String session = "closed/NVIDIA/results/H200-SXM-141GBx8_TRT_MaxQ/llama2-70b-99/Offline/performance";
        SheetSession read = SheetSession.read(tree, tree.resolve(session), new SystemDescriptions(tree, problem -> {}));

        Map<String, @Nullable Object> values = values(SheetEntry.of(read, Map.of("idle", 0.1)), DesignPowers.BUILT_IN);

        assertThat(values)
                .containsEntry("round", "v4.1")
                .containsEntry("accelerators", 8L)
                .containsEntry("accelerator_tdp_w", 700L)
                .containsEntry("tdp_source", "stated in the submission: hw_notes")
                .containsEntry("target", "99")
                .containsEntry("power_scope", "wall")
                .containsEntry("checker", "fail") // LoadGen's trace is left out of this copy
                .containsEntry("idle_confidence", "medium");
        assertThat(values.get("power_over_tdp")).isNull(); // the host is in it
        // The measured idle power wins over an assumption; the design document quotes these.
        assertThat(number(values, "idle_w")).isBetween(2380.0, 2430.0);
        assertThat(number(values, "load_w")).isEqualTo(2537, within(1.0));
        assertThat(number(values, "load_s")).isEqualTo(481, within(1.0));
        assertThat(number(values, "avg_power_w")).isEqualTo(6153, within(1.0));
        assertThat(number(values, "peak_power_w")).isEqualTo(6219, within(1.0));
        assertThat(number(values, "load_hi") - number(values, "load_lo"))
                .isEqualTo(number(values, "avg_power_hi") - number(values, "avg_power_lo"), within(1e-6));
        assertThat(number(values, "peak_power_hi") - number(values, "peak_power_lo"))
                .isGreaterThan(number(values, "avg_power_hi") - number(values, "avg_power_lo"));
    }

    @Test
    void anAssumedRatioIsLowAndSaysSo() {
        Map<String, @Nullable Object> values = values(gpu("H100", "400"), Map.of("load", 0.65), DesignPowers.BUILT_IN);

        assertThat(values)
                .containsEntry("load_w", 260L)
                .containsEntry("load_confidence", "low")
                .containsEntry("load_source", "assumed: 0.65 of the mean power")
                .containsEntry("avg_power_confidence", "medium");
        assertThat(values.get("load_lo")).isNull();
        assertThat(values.get("idle_w")).isNull();
    }

    @Test
    void cardsAreHeldAgainstTheirDesignPowerAndAGivenTableGoesFirst() throws IOException {
        Path table = Files.writeString(folder.resolve("tdp.csv"), "accelerator,tdp_w,source\nH100,500,our limit\n");

        Map<String, @Nullable Object> builtIn = values(gpu("H100", "350"), Map.of(), DesignPowers.BUILT_IN);
        Map<String, @Nullable Object> given = values(gpu("H100", "350"), Map.of(), DesignPowers.read(table));

        assertThat(builtIn).containsEntry("accelerator_tdp_w", 700L).containsEntry("power_over_tdp", 0.25);
        assertThat(given)
                .containsEntry("accelerator_tdp_w", 500L)
                .containsEntry("tdp_source", "our limit")
                .containsEntry("power_over_tdp", 0.35);
    }

    @Test
    void aTableOfDesignPowersThatCannotBeReadNamesColumnOrLine() throws IOException {
        Path missing = Files.writeString(folder.resolve("missing.csv"), "accelerator,watts\nH100,700\n");
        Path word = Files.writeString(folder.resolve("word.csv"), "accelerator,tdp_w,source\nH100,much,x\n");

        assertThatThrownBy(() -> DesignPowers.read(missing))
                .isInstanceOf(OtherFormatException.class)
                .hasMessageContainingAll("tdp_w", "source");
        assertThatThrownBy(() -> DesignPowers.read(word))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("word.csv:2: tdp_w is no power: much");
    }

    @ParameterizedTest
    @CsvSource({
        "hw_notes, H200 TGP 700W, 700,",
        "hw_notes, A100 power limited to 175W, , 175",
        "hw_notes, With 75W Accelerator TDP, 75,",
        "hw_notes, GPU power limit set to 450 W; host CPU TDP 360W, , 450",
        "accelerator_model_name, H100-PCIe (TDP: 310W), 310,",
        "hw_notes, CPU TDP 360W, ,",
        "power_supply_quantity_and_rating_watts, 6x 3300W, ,",
    })
    void whatASubmissionStatesIsFound(String field, String text, @Nullable Double design, @Nullable Double limit) {
        Map<String, Object> system = Map.of(field, text);

        assertThat(StatedPower.design("", system).map(DesignPowers.Power::watts).orElse(null))
                .isEqualTo(design);
        assertThat(StatedPower.limit("", system).map(DesignPowers.Power::watts).orElse(null))
                .isEqualTo(limit);
    }

    @Test
    void theShortSheetIsAProjection() {
        SheetColumns brief = SheetColumns.brief(DesignPowers.BUILT_IN);
        SheetEntry entry = entry(gpu("H100", "400"), Map.of("load", 0.65));

        assertThat(brief.names())
                .containsExactly(
                        "Source",
                        "Type",
                        "Hardware",
                        "Workload",
                        "Idle (W)",
                        "Inference (W)",
                        "Peak (W)",
                        "Model Load (W)",
                        "Warmup (W)",
                        "Correlation",
                        "Notes");
        assertThat(brief.values(entry).get(5)).isEqualTo(400L);
        assertThat(brief.values(entry).get(10))
                .isEqualTo("inference medium; load low (assumed: 0.65 of the mean power)");
    }

    @Test
    void aWorkbookHoldsTextsAndNumbers() throws IOException {
        Path file = folder.resolve("s.xlsx");
        try (SheetOutput sheet = SheetOutput.xlsx(Files.newOutputStream(file), List.of("system", "watts"))) {
            sheet.row(Arrays.asList("a <b> & c", 12.5));
            sheet.row(Arrays.asList(null, 3L));
        }

        Map<String, String> parts = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(parts.get("xl/sharedStrings.xml")).contains("watts", "a &lt;b&gt; &amp; c");
        assertThat(parts.get("xl/worksheets/sheet1.xml")).contains("<v>12.5</v>", "<v>3</v>", "r=\"B3\"");
    }

    private static LedgerRow gpu(String accelerator, String watts) {
        return new LedgerRow(
                new LedgerRow.Origin(LedgerRow.Kind.TABLE, "lab.csv", "line 2"),
                new LedgerRow.Submission(LedgerRow.Suite.OTHER, "", "", "", "", "lab", ""),
                new LedgerRow.Machine("box", "", 1.0, "", accelerator, 2.0),
                new LedgerRow.Task("model", "", "", ""),
                List.of(Measure.of(watts, "W", Measure.Scope.GPU, "line 2")),
                List.of());
    }

    private static SheetEntry entry(LedgerRow row, Map<String, Double> assumed) {
        return new SheetEntry(row, row.measures().get(0), null, null, null, assumed);
    }

    private static Map<String, @Nullable Object> values(
            LedgerRow row, Map<String, Double> assumed, DesignPowers powers) {
        return values(entry(row, assumed), powers);
    }

    private static Map<String, @Nullable Object> values(SheetEntry entry, DesignPowers powers) {
        SheetColumns columns = SheetColumns.full(powers, true);
        List<@Nullable Object> values = columns.values(entry);
        Map<String, @Nullable Object> byName = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            byName.put(columns.names().get(i), values.get(i));
        }
        return byName;
    }

    private static double number(Map<String, @Nullable Object> values, String name) {
        Object value = values.get(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new AssertionError(name + " is " + value);
    }
}
