package dev.wattline.sut.telemetry.command;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.IoErrors;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.ProgramCall;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Any program that prints a number, or file that holds one: the first number of its last line that has one, or what the
 * declared pattern catches. Unit, scope and kind are declared in the user's settings.
 */
public final class DeclaredReader implements PowerReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.,])(\\d+(?:\\.\\d+)?)(?![\\d.,]*\\d)");
    private static final Pattern WITH_COMMA = Pattern.compile("\\d,\\d");
    private static final List<String> POWER_UNITS = List.of("W", "mW", "uW");
    private static final List<String> UNITS = List.of("W", "mW", "uW", "J", "mJ", "uJ", "Wh", "kWh");
    private static final List<String> SCOPES =
            List.of("gpu", "package", "cores", "dram", "psys", "module", "rail", "node", "wall");

    private final Series series;
    private final Pattern pattern;
    private final Optional<ProgramCall> program;
    private final Path file;

    private DeclaredReader(Series series, Pattern pattern, Optional<ProgramCall> program, Path file) {
        this.series = series;
        this.pattern = pattern;
        this.program = program;
        this.file = file;
    }

    /** How often it is to be read, from its section; 1 s by default. */
    public static Duration interval(SourceSettings settings, String name) {
        double millis = section(settings, name).number("intervalMs", 1000);
        if (millis < 1000) {
            throw section(settings, name).wrong("intervalMs", "expected 1000 or more");
        }
        return Duration.ofMillis((long) millis);
    }

    private static SourceSettings.Section section(SourceSettings settings, String name) {
        return settings.section(
                name, "run", "path", "unit", "kind", "scope", "intervalMs", "regex", "range", "resolution");
    }

    /**
     * @param name the source's name, {@code command:NAME} or {@code file:NAME}, which is its section's too
     * @throws SutException if it is not declared, or gives no number now
     */
    public static DeclaredReader open(SourceSettings settings, String name) {
        if (!settings.has(name)) {
            throw new SutException(
                    "there is no section [" + name + "] in the settings of the sources",
                    "Declare it there with unit, scope and " + (name.startsWith("file:") ? "path" : "run")
                            + ", and name the file with --telemetry-settings.");
        }
        SourceSettings.Section section = section(settings, name);
        String unit = section.word("unit", UNITS);
        boolean power = POWER_UNITS.contains(unit);
        Kind kind = section.text("kind").isEmpty()
                ? power ? Kind.SAMPLE : Kind.COUNTER
                : section.word("kind", List.of("sample", "counter")).equals("counter") ? Kind.COUNTER : Kind.SAMPLE;
        if (power == (kind == Kind.COUNTER)) {
            throw section.wrong(
                    "kind", "a " + kind.name().toLowerCase(java.util.Locale.ROOT) + " cannot be in " + unit);
        }
        Series series = new Series(
                name,
                "",
                section.word("scope", SCOPES),
                power ? "power" : "energy",
                unit,
                kind,
                section.number("resolution", 0),
                section.number("range", 0),
                null,
                null);
        boolean isFile = name.startsWith("file:");
        DeclaredReader reader = new DeclaredReader(
                series,
                pattern(section),
                isFile ? Optional.empty() : Optional.of(ProgramCall.of(words(section), TIMEOUT)),
                isFile ? Path.of(section.required("path")) : Path.of(""));
        Found now = reader.find();
        if (now.value.isEmpty()) {
            throw new SutException(name + " gives no number: " + now.reason + " (" + now.text + ")", "Try it by hand.");
        }
        return reader;
    }

    private static List<String> words(SourceSettings.Section section) {
        return new ArrayList<>(List.of(section.required("run").split("\\s+")));
    }

    private static Pattern pattern(SourceSettings.Section section) {
        Optional<String> regex = section.text("regex");
        if (regex.isEmpty()) {
            return NUMBER;
        }
        try {
            Pattern given = Pattern.compile(regex.get());
            if (given.matcher("").groupCount() != 1) {
                throw section.wrong("regex", "expected one group, which catches the number");
            }
            return given;
        } catch (PatternSyntaxException e) {
            throw section.wrong("regex", e.getDescription() + " at " + e.getIndex());
        }
    }

    private record Found(Optional<String> value, String reason, String text) {}

    private Found find() {
        String text;
        if (program.isPresent()) {
            Result answer = program.get().call();
            if (answer.status() != 0) {
                boolean late = answer.isLate();
                return new Found(Optional.empty(), late ? "timeout" : "exit-" + answer.status(), answer.said());
            }
            text = answer.output();
        } else {
            try (var in = Files.newInputStream(file)) {
                text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return new Found(Optional.empty(), "io-error", IoErrors.of(e));
            }
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            Matcher number = pattern.matcher(line);
            if (number.find() && number.group(1) != null) {
                String value = number.group(1);
                return value.matches("\\d{1,18}(\\.\\d{1,12})?")
                        ? new Found(Optional.of(value), "", line)
                        : new Found(Optional.empty(), "not-a-number", line);
            }
            if (WITH_COMMA.matcher(line).find()) {
                return new Found(Optional.empty(), "decimal-comma", line);
            }
        }
        return new Found(Optional.empty(), "not-a-number", lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1));
    }

    @Override
    public List<Series> series() {
        return List.of(series);
    }

    @Override
    public List<String> origin() {
        return program.map(ProgramCall::command).orElseGet(() -> List.of(file.toString()));
    }

    @Override
    public void read(Readings readings) {
        Found found = find();
        found.value.ifPresentOrElse(
                value -> readings.value(series, value), () -> readings.missing(series, found.reason));
    }
}
