package dev.wattline.ledger.imports.json;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATORS;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.BENCHMARK;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.PRECISION;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.OtherFormatException;
import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.json.JsonFile;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * ML.ENERGY's leaderboard: a file a task of version 3, or a file a configuration of version 2. Powers are of the GPUs
 * alone, their energy counters' rise over the time of the steady state, and the sum over all GPUs of the configuration.
 */
public final class MlEnergy {
    private static final double EQUAL = 1e-9;

    private MlEnergy() {}

    /**
     * Reads all configurations.
     *
     * @throws LedgerException if it is no such file, or is cut; the message names line and column
     * @throws IOException if it cannot be read, or the sink fails
     */
    public static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        String task = "";
        List<Map<String, String>> configurations = new ArrayList<>();
        Map<String, String> top;
        boolean found = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonParser parser = JsonFile.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw other(file);
            }
            top = new java.util.LinkedHashMap<>();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("configurations") && value == JsonToken.START_ARRAY) {
                    found = true;
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        configurations.add(JsonRecords.object(parser));
                    }
                } else if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    top.put(key, parser.getString());
                }
            }
        } catch (JacksonException e) {
            throw JsonFile.notJson(file, e);
        }
        if (found) {
            task = top.getOrDefault("task", "");
            for (int i = 0; i < configurations.size(); i++) {
                sink.row(version3(name, task, "/configurations/" + i, configurations.get(i))
                        .build());
            }
        } else if (top.containsKey("Model") && top.containsKey("GPU")) {
            sink.row(version2(file, top).build());
        } else {
            throw other(file);
        }
    }

    private static OtherFormatException other(Path file) {
        return new OtherFormatException(
                file + ": this is no file of ML.ENERGY: expected an object with configurations, or with Model and GPU",
                "Name the files of public/data/tasks of version 3, or of data of version 2.");
    }

    private static ImportedRow version3(String name, String task, String place, Map<String, String> fields) {
        Scope gpu = Scope.GPU;
        String watts = fields.get("avg_power_watts");
        ImportedRow row = new ImportedRow(Kind.MLENERGY, name, place)
                .set(BENCHMARK, task)
                .set(MODEL, get(fields, "model_id"))
                .set(PRECISION, get(fields, "weight_precision"))
                .set(ACCELERATOR, get(fields, "gpu_model"))
                .set(ACCELERATORS, get(fields, "num_gpus"))
                .set(Setting.BATCH, fields.getOrDefault("avg_batch_size", get(fields, "batch_size")))
                .set(Setting.BATCH_LIMIT, fields.get("max_num_seqs"))
                .set(Setting.TENSOR_PARALLEL, fields.get("tensor_parallel"))
                .set(Setting.EXPERT_PARALLEL, fields.get("expert_parallel"))
                .set(Setting.DATA_PARALLEL, fields.get("data_parallel"))
                .set(Setting.ULYSSES_DEGREE, fields.get("ulysses_degree"))
                .set(Setting.RING_DEGREE, fields.get("ring_degree"))
                .set(Setting.HEIGHT, fields.getOrDefault("image_height", get(fields, "video_height")))
                .set(Setting.WIDTH, fields.getOrDefault("image_width", get(fields, "video_width")))
                .set(Setting.FRAMES, fields.get("num_frames"))
                .set(Setting.FRAMES_PER_SECOND, fields.get("fps"))
                .set(Setting.DENOISING_STEPS, fields.get("inference_steps"))
                .set(Setting.OUTPUT_TOKENS, fields.get("avg_output_len"))
                .set(Setting.PARAMETERS, fields.get("total_params_billions"))
                .set(Setting.ACTIVE_PARAMETERS, fields.get("activated_params_billions"));
        put(row, place, fields, "avg_power_watts", "W", gpu, Basis.MEASURED);
        energy(row, place, fields, "energy_per_token_joules", "J/token", "output_throughput_tokens_per_sec");
        energy(row, place, fields, "energy_per_image_joules", "J/image", "throughput_images_per_sec");
        energy(row, place, fields, "energy_per_video_joules", "J/video", "throughput_videos_per_sec");
        put(row, place, fields, "energy_per_request_joules", "J/query", gpu, Basis.DERIVED);
        put(row, place, fields, "output_throughput_tokens_per_sec", "tokens/s", Scope.UNKNOWN, Basis.MEASURED);
        put(row, place, fields, "throughput_images_per_sec", "images/s", Scope.UNKNOWN, Basis.MEASURED);
        put(row, place, fields, "throughput_videos_per_sec", "videos/s", Scope.UNKNOWN, Basis.MEASURED);
        put(row, place, fields, "batch_latency_s", "s", Scope.UNKNOWN, Basis.MEASURED);
        for (String percentile : List.of("median", "p90", "p95", "p99")) {
            put(row, place, fields, percentile + "_itl_ms", "ms", Scope.UNKNOWN, Basis.MEASURED);
        }
        if (watts == null) {
            row.finding("run-without-energy");
        }
        if (Measure.number(get(fields, "num_gpus")) > 1) {
            row.finding("sum-over-gpus");
        }
        return row;
    }

    /** An energy that is the power over the rate says nothing new. */
    private static void energy(
            ImportedRow row, String place, Map<String, String> fields, String key, String unit, String rate) {
        double product = Measure.number(get(fields, key)) * Measure.number(get(fields, rate));
        double ratio = product / Measure.number(get(fields, "avg_power_watts"));
        boolean derived = Math.abs(ratio - 1) < EQUAL;
        put(row, place, fields, key, unit, Scope.GPU, derived ? Basis.DERIVED : Basis.MEASURED);
        if (derived) {
            row.finding("derived-duplicate");
        }
    }

    private static void put(
            ImportedRow row,
            String place,
            Map<String, String> fields,
            String key,
            String unit,
            Scope scope,
            Basis basis) {
        row.measure(fields.get(key), unit, scope, key, basis, place + "/" + key);
    }

    private static String get(Map<String, String> fields, String key) {
        return fields.getOrDefault(key, "");
    }

    private static ImportedRow version2(Path file, Map<String, String> fields) {
        String batch = fields.getOrDefault("Avg BS (reqs)", get(fields, "Batch size"));
        double tensor = number(fields, "TP", 1);
        double pipeline = number(fields, "PP", 1);
        double gpus = tensor * pipeline;
        ImportedRow row = new ImportedRow(Kind.MLENERGY, String.valueOf(file.getFileName()), "/")
                .set(BENCHMARK, task(file))
                .set(MODEL, get(fields, "Model"))
                .set(ACCELERATOR, get(fields, "GPU"))
                .set(ACCELERATORS, Double.toString(gpus))
                .set(Setting.BATCH, batch)
                .set(Setting.BATCH_LIMIT, fields.get("Max BS (reqs)"))
                .set(Setting.TENSOR_PARALLEL, fields.get("TP"))
                .set(Setting.PIPELINE_PARALLEL, fields.get("PP"))
                .set(Setting.OUTPUT_TOKENS, fields.get("Avg Output Tokens"))
                .set(Setting.DENOISING_STEPS, fields.get("Denoising steps"))
                .set(Setting.FRAMES, fields.get("Frames"));
        put2(row, fields, "Energy/req (J)", "J/query", Scope.GPU);
        put2(row, fields, "Energy/image (J)", "J/image", Scope.GPU);
        put2(row, fields, "Energy/video (J)", "J/video", Scope.GPU);
        put2(row, fields, "Token tput (tok/s)", "tokens/s", Scope.UNKNOWN);
        put2(row, fields, "Avg TPOT (s)", "s", Scope.UNKNOWN);
        put2(row, fields, "Batch latency (s)", "s", Scope.UNKNOWN);
        double perRequest = Measure.number(get(fields, "Energy/req (J)"));
        double perToken = perRequest / Measure.number(get(fields, "Avg Output Tokens"));
        double perPiece = number(fields, "Energy/image (J)", Measure.number(get(fields, "Energy/video (J)")));
        double rate = Measure.number(get(fields, "Batch size")) / Measure.number(get(fields, "Batch latency (s)"));
        row.derived(perToken, "J/token", Scope.GPU, "Energy/req (J)/Avg Output Tokens");
        row.derived(
                perToken * Measure.number(get(fields, "Token tput (tok/s)")),
                "W",
                Scope.GPU,
                "Energy/req (J)*Token tput (tok/s)/Avg Output Tokens");
        row.derived(perPiece * rate, "W", Scope.GPU, "energy*Batch size/Batch latency (s)");
        if (gpus > 1) {
            row.finding("sum-over-gpus");
        }
        return row;
    }

    private static void put2(ImportedRow row, Map<String, String> fields, String key, String unit, Scope scope) {
        row.measure(fields.get(key), unit, scope, key, Basis.MEASURED, "/" + key.replace("/", "~1"));
    }

    private static double number(Map<String, String> fields, String key, double otherwise) {
        double number = Measure.number(get(fields, key));
        return Double.isNaN(number) ? otherwise : number;
    }

    /** The task is a folder's name: data/TASK/GPU/ORGANISATION/MODEL/FILE, with a group before the task for text. */
    private static String task(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        for (int up = 0; up < 3 && folder != null; up++) {
            folder = folder.getParent();
        }
        return folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
    }
}
