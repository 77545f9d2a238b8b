package dev.wattline.report.json;

import dev.wattline.analysis.result.TimeSeries;
import dev.wattline.report.trace.DrawnSeries;
import dev.wattline.report.trace.TimePlots;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The plots over time as JSON for the page's script. Times and values are differences to the one before, values as
 * multiples of a step, so that two hours of eight GPUs stay small.
 */
public final class TimePlotsJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final double STEPS = 50_000;

    private final List<TimeSeries> axes = new ArrayList<>();

    private TimePlotsJson() {}

    /** The JSON, without a character that could end a script element. */
    public static String of(TimePlots plots) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            new TimePlotsJson().write(plots, json);
        }
        return text.toString().replace("<", "\\u003c");
    }

    private void write(TimePlots plots, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("zone", plots.zone());
        json.writeName("plots");
        json.writeStartObject();
        for (Map.Entry<String, List<DrawnSeries>> plot : plots.plots().entrySet()) {
            json.writeName(plot.getKey());
            json.writeStartArray();
            plot.getValue().forEach(series -> write(series, json));
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeName("axes");
        json.writeStartArray();
        axes.forEach(axis -> writeTimes(axis, json));
        json.writeEndArray();
        json.writeName("bands");
        json.writeStartArray();
        for (TimePlots.Band band : plots.bands()) {
            json.writeStartObject();
            json.writeStringProperty("name", band.name());
            json.writeNumberProperty("from", band.start().toEpochMilli());
            json.writeNumberProperty("to", band.end().toEpochMilli());
            json.writeBooleanProperty("window", band.window());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(DrawnSeries series, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("label", series.label());
        json.writeStringProperty("role", series.role());
        json.writeNumberProperty("axis", axis(series.points()));
        int exponent = exponent(series.points());
        json.writeNumberProperty("exponent", exponent);
        json.writeName("values");
        json.writeStartArray();
        double scale = Math.pow(10, -exponent);
        long last = 0;
        for (int i = 0; i < series.points().size(); i++) {
            double value = series.points().value(i);
            if (Double.isNaN(value)) {
                json.writeNull();
                continue;
            }
            long steps = Math.round(value * scale);
            json.writeNumber(steps - last);
            last = steps;
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeTimes(TimeSeries axis, JsonGenerator json) {
        json.writeStartArray();
        long last = 0;
        for (int i = 0; i < axis.size(); i++) {
            json.writeNumber(axis.epochMs(i) - last);
            last = axis.epochMs(i);
        }
        json.writeEndArray();
    }

    private int axis(TimeSeries series) {
        for (int k = 0; k < axes.size(); k++) {
            if (sameTimes(axes.get(k), series)) {
                return k;
            }
        }
        axes.add(series);
        return axes.size() - 1;
    }

    private static boolean sameTimes(TimeSeries a, TimeSeries b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = a.epochMs(i) == b.epochMs(i);
        }
        return same;
    }

    /** A value is told to one part in fifty thousand of the largest. */
    private static int exponent(TimeSeries series) {
        double largest = 0;
        for (int i = 0; i < series.size(); i++) {
            largest = Double.isNaN(series.value(i)) ? largest : Math.max(largest, Math.abs(series.value(i)));
        }
        return largest == 0 ? 0 : (int) Math.ceil(Math.log10(largest / STEPS) - 1e-9);
    }
}
