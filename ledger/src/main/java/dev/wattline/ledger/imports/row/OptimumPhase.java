package dev.wattline.ledger.imports.row;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.PHASE;

import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One phase of optimum-benchmark's report, by dotted keys. CodeCarbon measures: the part of memory is its constant, often
 * the largest one, so that neither the total nor the efficiency, which rests on it, can be compared.
 *
 * @param phase {@code prefill}, {@code decode}, {@code preprocess} or the like
 * @param prefix of its keys, with the dot
 * @param values a value by its whole key; empty where there is none
 */
public record OptimumPhase(String phase, String prefix, UnaryOperator<String> values) {
    private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]+)['\"]");

    private String get(String key) {
        return values.apply(prefix + key);
    }

    /** Whether it holds an energy. */
    public boolean hasEnergy() {
        return !get("energy.gpu").isEmpty()
                || !get("energy.cpu").isEmpty()
                || !get("energy.total").isEmpty();
    }

    /** Puts its values into a row. */
    public void addTo(ImportedRow row, String place) {
        String unit = get("energy.unit").isEmpty() ? "kWh" : get("energy.unit");
        row.set(PHASE, phase);
        String gpu = get("energy.gpu");
        boolean zero = Measure.number(gpu) == 0;
        if (zero) {
            row.finding("zero-is-missing");
        }
        row.measure(gpu, unit, Scope.GPU, prefix + "energy.gpu", zero ? Basis.MISSING : Basis.MEASURED, place);
        row.measure(get("energy.cpu"), unit, Scope.CPU, prefix + "energy.cpu", Basis.MEASURED, place);
        row.measure(get("energy.ram"), unit, Scope.MEMORY, prefix + "energy.ram", Basis.ESTIMATED, place);
        row.measure(get("energy.total"), unit, Scope.UNKNOWN, prefix + "energy.total", Basis.DERIVED, place);
        String rateUnit = get("throughput.unit");
        String rate = get("throughput.value");
        row.measure(
                rate,
                rateUnit.isEmpty() ? "tokens/s" : rateUnit,
                Scope.UNKNOWN,
                prefix + "throughput.value",
                Basis.MEASURED,
                place);
        double seconds = seconds();
        if (seconds > 0) {
            row.measure(Double.toString(seconds), "s", Scope.UNKNOWN, prefix + "latency", Basis.DERIVED, place);
            double joules = Measure.of(gpu, unit, Scope.GPU, place).isPower() ? joules(gpu, unit) : Double.NaN;
            if (joules > 0) {
                row.derived(joules / seconds, "W", Scope.GPU, prefix + "energy.gpu/latency");
            }
            if (seconds < PollingSource.TEN_POLLS_SECONDS) {
                row.finding("window-too-short");
            }
        }
        row.finding("constant-component");
        row.set(Setting.INPUT_TOKENS, values.apply(configKey("input_shapes.sequence_length")));
        row.set(Setting.OUTPUT_TOKENS, values.apply(configKey("generate_kwargs.max_new_tokens")));
    }

    private static String configKey(String key) {
        return "config.scenario." + key;
    }

    private static double joules(String text, String unit) {
        Measure measure = Measure.of(text, unit, Scope.GPU, "");
        return measure.unit() == null ? Double.NaN : measure.unit().toBase(measure.value());
    }

    /**
     * How long the phase took, as the mean of a call; else by its tokens and their rate: all new ones but the first belong
     * to decode. NaN if it is not told.
     */
    private double seconds() {
        double mean = Measure.number(get("latency.mean"));
        if (mean > 0) {
            return mean;
        }
        double rate = Measure.number(get("throughput.value"));
        double tokens = Measure.number(values.apply(configKey("generate_kwargs.max_new_tokens"))) - 1;
        double batch = Measure.number(values.apply(configKey("input_shapes.batch_size")));
        return phase.equals("decode") && rate > 0 && tokens > 0 ? tokens * (batch > 0 ? batch : 1) / rate : Double.NaN;
    }

    /** The names in a Python list as text, such as {@code ['NVIDIA A10G']}; the text itself if it is none. */
    public static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        if (names.isEmpty() && !text.isBlank() && !text.strip().equals("[]")) {
            names.add(text.strip());
        }
        return names;
    }

    /** The weights' type and quantisation. */
    public static String precision(UnaryOperator<String> values, String prefix) {
        String type = values.apply(prefix + "backend.torch_dtype");
        String scheme = values.apply(prefix + "backend.quantization_scheme");
        return scheme.isEmpty() || scheme.equalsIgnoreCase("none") ? type : (type + " " + scheme).strip();
    }
}
