package dev.wattline.analysis.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.result.SensorResult;
import dev.wattline.analysis.result.WallResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes {@code sampling-error.json}: the records' components by their names, an interval as {@code [low, high]}, and
 * {@code null} for every number that the method does not give. Times are UTC and end in {@code Z}; those of an nvidia-smi log
 * alone whose zone is not known are its local times, without the {@code Z}.
 */
public final class AnalysisJson {
    /** The name of the file. */
    public static final String FILE = "sampling-error.json";

    private static final String SCHEMA = "sampling-error.schema.json";

    /** The mapper of all files of this package. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule("wattline")
                    .addSerializer(Double.class, new FiniteNumber())
                    .addSerializer(double.class, new FiniteNumber())
                    .addSerializer(Interval.class, new Bounds())
                    .addSerializer(Instant.class, new Time()))
            .addMixIn(SensorResult.class, SensorNames.class)
            .addMixIn(WallResult.class, WallNames.class)
            .addMixIn(SensorReport.Period.class, SensorNames.class)
            .addMixIn(SensorReport.Window.class, WallNames.class)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private AnalysisJson() {}

    /** The statement as JSON text. */
    public static String write(SamplingError statement) {
        return text(statement, statement.timesAreUtc());
    }

    /**
     * Writes the statement to a file.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, SamplingError statement) throws IOException {
        Files.writeString(file, write(statement) + "\n");
    }

    /** A sensor report as JSON text. */
    public static String write(SensorReport report) {
        return text(report, !report.zoneSource().equals("none"));
    }

    private static String text(Object document, boolean utc) {
        return MAPPER.writer().withAttribute(Time.IS_UTC, utc).writeValueAsString(document);
    }

    /** The JSON Schema that every such file fulfils. */
    public static String schema() {
        try (InputStream in = AnalysisJson.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException(SCHEMA + " is not among the resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number, or null where there is none: JSON has no NaN. */
    private static final class FiniteNumber extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializationContext context) {
            if (Double.isFinite(value)) {
                out.writeNumber(value.doubleValue());
            } else {
                out.writeNull();
            }
        }
    }

    private static final class Bounds extends ValueSerializer<Interval> {
        private final FiniteNumber number = new FiniteNumber();

        @Override
        public void serialize(Interval value, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            number.serialize(value.low(), out, context);
            number.serialize(value.high(), out, context);
            out.writeEndArray();
        }
    }

    /** A time; without the Z where it is the local time of a zone that is not known. */
    private static final class Time extends ValueSerializer<Instant> {
        static final String IS_UTC = "utc";

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            String text = value.toString();
            boolean utc = !Boolean.FALSE.equals(context.getAttribute(IS_UTC));
            out.writeString(utc ? text : text.substring(0, text.length() - 1));
        }
    }

    private interface SensorNames {
        @JsonProperty("R")
        double r();
    }

    private interface WallNames {
        @JsonProperty("R2")
        double r2();
    }
}
