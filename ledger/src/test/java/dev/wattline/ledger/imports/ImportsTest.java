package dev.wattline.ledger.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.model.finding.Finding;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest implements RowSink {
    @TempDir
    Path folder;

    private final List<LedgerRow> rows = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    @Override
    public void row(LedgerRow row) {
        rows.add(row);
    }

    @Override
    public void finding(Finding finding) {
        findings.add(finding);
    }

    @Test
    void mlEnergysPowerIsMeasuredOfAllCardsAndItsEnergyFollowsFromIt() throws Exception {
        read(Kind.MLENERGY, "task.json", """
                {"configurations": [{"model_id": "org/m", "gpu_model": "H100", "num_gpus": 2, "avg_power_watts": 1000.5,
                  "energy_per_token_joules": 2.001, "output_throughput_tokens_per_sec": 500, "avg_output_len": 10,
                  "energy_per_request_joules": 20.01, "avg_batch_size": 7.5, "max_num_seqs": 8, "tensor_parallel": 2,
                  "expert_parallel": 1, "data_parallel": 1, "weight_precision": "fp8"}], "task": "chat"}
                """);

        LedgerRow row = rows.get(0);
        assertThat(row.settings().benchmark()).isEqualTo("chat");
        assertThat(row.settings().get(Setting.BATCH)).isEqualTo(7.5);
        assertThat(row.settings().get(Setting.BATCH_LIMIT)).isEqualTo(8);
        assertThat(row.machine().accelerators()).isEqualTo(2);
        Measure power = measure(row, "avg_power_watts");
        assertThat(power.text()).isEqualTo("1000.5");
        assertThat(power.scope()).isEqualTo(Scope.GPU);
        assertThat(power.basis()).isEqualTo(Basis.MEASURED);
        assertThat(power.place()).isEqualTo("/configurations/0/avg_power_watts");
        assertThat(measure(row, "energy_per_token_joules").basis()).isEqualTo(Basis.DERIVED);
        assertThat(row.findings()).containsExactlyInAnyOrder("derived-duplicate", "sum-over-gpus");
    }

    @Test
    void mlEnergysSecondVersionHasPowerByItsEnergiesAndRates() throws Exception {
        Path file = Files.createDirectories(folder.resolve("chat/A100/google/gemma"))
                .resolve("bs1+tp4+pp1.json");
        Files.writeString(file, """
                {"Model": "google/gemma", "GPU": "NVIDIA A100-SXM4-40GB", "TP": 4, "PP": 1, "Energy/req (J)": 230.0,
                 "Token tput (tok/s)": 1000.0, "Avg Output Tokens": 400, "Avg BS (reqs)": 127.5, "Max BS (reqs)": 128}
                """);

        Imports.read(Kind.MLENERGY, file, null, null, this);

        assertThat(rows.get(0).machine().accelerators()).isEqualTo(4);
        assertThat(rows.get(0).settings().benchmark()).isEqualTo("chat");
        assertThat(measure(rows.get(0), "Energy/req (J)*Token tput (tok/s)/Avg Output Tokens")
                        .value())
                .isCloseTo(575, within(1e-9));
    }

    @Test
    void aFileThatBreaksOffIsToldWithLineAndColumn() {
        assertThatThrownBy(
                        () -> read(Kind.MLENERGY, "cut.json", "{\"configurations\": [\n {\"model_id\": \"m\", \"avg"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cut.json:2:");
        assertThat(rows).isEmpty();
    }

    @Test
    void codecarbonsColumnsAreFoundByNameAndItsPowersAreReadings() throws Exception {
        Imports.read(Kind.CODECARBON, SharedData.orSkip("ledger/imports/codecarbon-emissions.csv"), null, null, this);

        assertThat(rows).hasSize(4);
        assertThat(measure(rows.get(0), "gpu_energy/duration").value()).isBetween(1.68, 1.85);
        assertThat(measure(rows.get(0), "gpu_power").basis()).isEqualTo(Basis.ESTIMATED);
        assertThat(measure(rows.get(0), "ram_energy").basis()).isEqualTo(Basis.ESTIMATED);
        assertThat(measure(rows.get(0), "energy_consumed").basis()).isEqualTo(Basis.DERIVED);
        assertThat(rows).allSatisfy(row -> assertThat(row.findings()).contains("energy-power-mismatch"));
    }

    @Test
    void ejhusomsZerosAreNoMeasurements() throws Exception {
        Imports.read(Kind.EJHUSOM, SharedData.orSkip("ledger/imports/ejhusom-llama3-70b-server.csv"), null, null, this);

        assertThat(rows).hasSize(200);
        assertThat(rows)
                .allSatisfy(row -> assertThat(
                                measure(row, "energy_consumption_llm_gpu").basis())
                        .isEqualTo(Basis.MISSING));
        List<Double> watts = rows.stream()
                .map(row -> measure(row, "energy_consumption_llm_cpu/total_duration")
                        .value())
                .sorted()
                .toList();
        assertThat((watts.get(99) + watts.get(100)) / 2).isCloseTo(102.46, within(0.01));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("zero-is-missing");
            assertThat(finding.values()).containsEntry("zeros", "200");
        });
    }

    @Test
    void ohdokingsPromptsAreSharesOfOneTotalAndARunIsOneMeasurement() throws Exception {
        StringBuilder table = new StringBuilder(OHDOKING);
        double[] seconds = {1.25, 2.5, 5.125, 0.75};
        for (int i = 0; i < seconds.length; i++) {
            // 100 W whatever the prompt, printed with all digits
            table.append(prompt("run 1", i, seconds[i], 100.0 / 3 * seconds[i], 1e-3));
        }
        double[] measured = {80, 151, 420, 60};
        for (int i = 0; i < seconds.length; i++) {
            table.append(prompt("run 2", i, seconds[i], measured[i], 1e-9));
        }

        read(Kind.OHDOKING, "benchmark.csv", table.toString());

        assertThat(rows).hasSize(10);
        assertThat(measure(rows.get(0), "prompt_energy").basis()).isEqualTo(Basis.APPORTIONED);
        assertThat(measure(rows.get(4), "prompt_energy").basis()).isEqualTo(Basis.MEASURED);
        LedgerRow run = rows.get(8);
        assertThat(run.settings().run()).isEqualTo("run 1");
        assertThat(measure(run, "sum of prompt_energy").basis()).isEqualTo(Basis.MEASURED);
        assertThat(measure(run, "sum of prompt_energy/sum of prompt_runtime").value())
                .isCloseTo(100.0 / 3, within(1e-9));
        assertThat(findings).extracting(Finding::id).containsExactly("apportioned-by-time", "co2-energy-mismatch");
        assertThat(findings.get(0).line()).isEqualTo(2);
    }

    @Test
    void ohdokingsSharesAreFoundThroughTheDigitsThatArePrinted() throws Exception {
        StringBuilder table = new StringBuilder(OHDOKING);
        double[] seconds = {1.2345, 2.5012, 5.1257, 9.7531};
        for (int i = 0; i < seconds.length; i++) {
            table.append(prompt(
                    "run",
                    i,
                    seconds[i],
                    Double.parseDouble(String.format(Locale.ROOT, "%.2f", 87.31 * seconds[i])),
                    0));
        }

        read(Kind.OHDOKING, "benchmark.csv", table.toString());

        assertThat(findings).extracting(Finding::id).containsExactly("apportioned-by-time");
    }

    private static final String OHDOKING = "model_name,num_params,hardware_cpu,hardware_gpu,benchmark_timestamp,"
            + "prompt_index,prompt_text,prompt_runtime,prompt_energy,prompt_co2,prompt_response\n";

    private static String prompt(String run, int index, double seconds, double joules, double kilograms) {
        return "m,1.1B,RTX 4090,RTX 4090," + run + "," + (index + 1) + ",\"a, b\nc\"," + seconds + "," + joules + ","
                + kilograms + ",\"x\ny\"\n";
    }

    @Test
    void llmPerfsMemoryIsAConstantAndFailedRunsAreKept() throws Exception {
        read(Kind.LLMPERF, "perf-df.csv", """
                config.name,config.backend.model,config.backend.torch_dtype,config.environment.gpu,config.scenario.input_shapes.batch_size,config.scenario.generate_kwargs.max_new_tokens,report.decode.energy.unit,report.decode.energy.cpu,report.decode.energy.ram,report.decode.energy.gpu,report.decode.energy.total,report.decode.throughput.value,report.traceback
                one,EleutherAI/pythia-1.4b,float16,['NVIDIA A100-SXM4-80GB'],1,64,kWh,3.574e-5,5.914e-5,4.780e-5,1.4268e-4,59.58,
                two,broken,float16,['NVIDIA A100-SXM4-80GB'],1,64,,,,,,,out of memory
                """);

        assertThat(rows).hasSize(2);
        LedgerRow decode = rows.get(0);
        assertThat(decode.settings().phase()).isEqualTo("decode");
        assertThat(decode.machine().accelerator()).isEqualTo("NVIDIA A100-SXM4-80GB");
        assertThat(measure(decode, "report.decode.energy.ram").basis()).isEqualTo(Basis.ESTIMATED);
        assertThat(measure(decode, "report.decode.energy.gpu/latency").value()).isCloseTo(163, within(1.0));
        assertThat(decode.findings()).contains("constant-component", "window-too-short");
        assertThat(rows.get(1).measures()).isEmpty();
        assertThat(rows.get(1).findings()).containsExactly("run-without-energy");
    }

    @Test
    void optimumsReportHasARowForEachPhaseWithAnEnergy() throws Exception {
        read(Kind.OPTIMUM, "benchmark_report.json", """
                {"prefill": {"energy": {"unit": "kWh", "cpu": 1e-6, "ram": 2e-6, "gpu": 3e-6, "total": 6e-6},
                  "latency": {"unit": "s", "mean": 0.108}},
                 "decode": {"energy": {"unit": "kWh", "cpu": 1e-6, "ram": 2e-6, "gpu": 0, "total": 3e-6}},
                 "load": {"latency": {"mean": 3}}}
                """);

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).settings().phase()).isEqualTo("decode");
        assertThat(measure(rows.get(0), "decode.energy.gpu").basis()).isEqualTo(Basis.MISSING);
        assertThat(measure(rows.get(1), "prefill.energy.gpu/latency").value()).isCloseTo(100, within(1e-9));
        assertThat(measure(rows.get(1), "prefill.energy.gpu").place()).isEqualTo("/prefill/energy");
    }

    @Test
    void theEnergyScoresBoardHasEnergiesOnlyAndLocalRunsHavePowers() throws Exception {
        read(Kind.AIENERGYSCORE, "image_generation.csv", """
                ,model,total_gpu_energy,energy_score
                0,Mitsua/mitsua-diffusion-one,0.186811914,5
                """);
        read(Kind.AIENERGYSCORE, "results.csv", """
                model_name,task,total_prompts,successful_prompts,failed_prompts,total_duration_seconds,gpu_energy_wh
                m,text_generation,100,90,10,360,20
                """);

        Measure energy = measure(rows.get(0), "total_gpu_energy");
        assertThat(energy.unit()).isEqualTo(MeasureUnit.WATT_HOUR_PER_QUERY);
        assertThat(rows.get(0).settings().benchmark()).isEqualTo("image_generation");
        assertThat(rows.get(0).findings()).containsExactly("relative-score", "no-duration");
        assertThat(measure(rows.get(1), "gpu_energy_wh/total_duration_seconds").value())
                .isEqualTo(200);
        assertThat(rows.get(1).findings()).containsExactly("failed-prompts");
    }

    @Test
    void aModelCardTellsGramsOfTheTraining() throws Exception {
        read(Kind.MODELCARD, "README.md", """
                ---
                license: mit
                co2_eq_emissions:
                  emissions: 1,234.5
                  source: code carbon
                  training_type: fine-tuning
                  hardware_used: 8 V100
                model-index:
                - name: small-model
                ---
                # Text
                """);

        assertThat(rows.get(0).task().model()).isEqualTo("small-model");
        assertThat(measure(rows.get(0), "emissions").value()).isEqualTo(1234.5);
        assertThat(measure(rows.get(0), "emissions").unit()).isEqualTo(MeasureUnit.GRAM_CO2);
        assertThatThrownBy(() -> read(Kind.MODELCARD, "other.md", "---\nlicense: mit\n---\n"))
                .hasMessageContaining("co2_eq_emissions");
        assertThatThrownBy(() -> read(Kind.MODELCARD, "broken.md", "---\na: [1\nb: }\n---\n"))
                .hasMessageContaining("broken.md:3:");
    }

    @Test
    void aMappingMakesAnyTableReadable() throws Exception {
        Mapping mapping = mapping("""
                columns:
                  Name: model
                  Cards: accelerators
                  "Power (mW)": {unit: W, factor: 0.001, scope: gpu, zero_means_missing: true}
                  Batch: batch
                constants: {precision: fp16, accelerator: H100}
                """);

        Imports.read(
                Kind.TABLE,
                write("lab.csv", "Name;Cards;Power (mW);Batch\nm;2;\"1,500,000\";8\nn;1;0;1\n"),
                mapping,
                null,
                this);
        Imports.read(
                Kind.TABLE,
                write("lab.json", "[{\"Name\": \"o\", \"Cards\": 4, \"Power (mW)\": 2000, \"Batch\": 1}]"),
                mapping,
                null,
                this);

        assertThat(rows.get(0).task().precision()).isEqualTo("fp16");
        assertThat(rows.get(0).settings().get(Setting.BATCH)).isEqualTo(8);
        assertThat(measure(rows.get(0), "Power (mW)").value()).isEqualTo(1500);
        assertThat(measure(rows.get(1), "Power (mW)").basis()).isEqualTo(Basis.MISSING);
        assertThat(rows.get(2).task().model()).isEqualTo("o");
        assertThat(measure(rows.get(2), "Power (mW)").value()).isEqualTo(2);
    }

    @Test
    void aMappingThatNamesColumnsThatAreNotThereNamesThemAll() throws Exception {
        Mapping mapping = mapping("columns: {Power: {unit: W}, Energy: {unit: J}, Model: model}\n");

        assertThatThrownBy(() -> Imports.read(Kind.TABLE, write("lab.csv", "Model,Watt\nm,1\n"), mapping, null, this))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("'Power', 'Energy'")
                .satisfies(e -> assertThat(((LedgerException) e).remedy())
                        .hasValueSatisfying(remedy -> assertThat(remedy).contains("Model, Watt")));
    }

    @Test
    void allThatIsWrongWithAMappingIsToldAtOnce() {
        assertThatThrownBy(() -> mapping("""
                        columns:
                          A: {unit: furlong}
                          B: {unit: W, scope: moon}
                          C: nothing
                        colums: {}
                        """)).hasMessageContainingAll("furlong", "moon", "nothing", "colums");
    }

    private Mapping mapping(String text) throws IOException {
        return Mapping.read(write("mapping.yaml", text));
    }

    private void read(Kind kind, String name, String text) throws IOException {
        Imports.read(kind, write(name, text), null, null, this);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static Measure measure(LedgerRow row, String key) {
        return row.measures().stream()
                .filter(measure -> measure.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " is none of " + row.measures()));
    }
}
