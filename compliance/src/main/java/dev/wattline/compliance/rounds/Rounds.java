package dev.wattline.compliance.rounds;

import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.rounds.RoundRules.DurationRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The rounds whose rules are known. Safe for use by several threads. */
public final class Rounds {
    /** The rules of the newest official checker, whatever the session says. */
    public static final String LATEST = "latest";

    private static final List<String> NAMES =
            List.of("v1.0", "v1.1", "v2.0", "v2.1", "v3.0", "v3.1", "v4.0", "v4.1", "v5.0", "v5.1", LATEST);
    private static final Map<String, RoundRules> LOADED = new ConcurrentHashMap<>();

    private Rounds() {}

    /** The names of the rounds, oldest first, {@code latest} last. */
    public static List<String> names() {
        return NAMES;
    }

    /** The rules of a round, if there is one of this name. */
    public static Optional<RoundRules> find(String name) {
        return NAMES.contains(name) ? Optional.of(LOADED.computeIfAbsent(name, Rounds::load)) : Optional.empty();
    }

    /** The rules of the newest official checker. */
    public static RoundRules latest() {
        return LOADED.computeIfAbsent(LATEST, Rounds::load);
    }

    private static RoundRules load(String name) {
        Properties data = new Properties();
        try (InputStreamReader in = new InputStreamReader(resource(name + ".properties"), StandardCharsets.UTF_8)) {
            data.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Long> models = new LinkedHashMap<>();
        for (String model : list(data, "models")) {
            int equals = model.indexOf(':');
            models.put(model.substring(0, equals), Long.valueOf(model.substring(equals + 1)));
        }
        return new RoundRules(
                name,
                text(data, "origin"),
                list(data, "ptd.versions"),
                models,
                list(data, "devices").stream().map(Long::valueOf).toList(),
                sources(text(data, "sources")),
                Double.parseDouble(text(data, "phase.skew.seconds")),
                flag(data, "phase.skew.inclusive"),
                flag(data, "amps.fourth"),
                flag(data, "config.list"),
                list(data, "errors.ranging"),
                list(data, "errors.accepted"),
                Double.parseDouble(text(data, "warnings.margin.seconds")),
                flag(data, "warnings.uncertainty.fails"),
                DurationRule.valueOf(text(data, "duration.rule")),
                Double.parseDouble(text(data, "power.drop.percent")),
                Integer.parseInt(text(data, "messages.server.ahead")),
                flag(data, "times.loadgen.local"),
                flag(data, "times.ptd.local"),
                flag(data, "hashes.client.json"),
                metric(data));
    }

    private static MetricRules metric(Properties data) {
        return new MetricRules(
                flag(data, "metric.positive.only"),
                text(data, "metric.per.query"),
                flag(data, "metric.query.count.logged"),
                flag(data, "metric.times.local"),
                text(data, "metric.result.singlestream"),
                text(data, "metric.result.multistream"),
                text(data, "metric.result.server"));
    }

    private static List<Map<String, Object>> sources(String name) {
        try (InputStream in = resource(name)) {
            Object sets = PyJson.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return PyValues.iterate(sets).stream().map(PyValues::object).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = Rounds.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the build lacks the rules " + name);
        }
        return in;
    }

    private static String text(Properties data, String key) {
        String value = data.getProperty(key);
        if (value == null) {
            throw new IllegalStateException("the rules lack " + key);
        }
        return value.strip();
    }

    private static boolean flag(Properties data, String key) {
        return Boolean.parseBoolean(text(data, key));
    }

    private static List<String> list(Properties data, String key) {
        // Trailing blanks belong to some of the error texts, so elements are not stripped.
        return Stream.of(text(data, key).split("\\|"))
                .filter(element -> !element.isEmpty())
                .toList();
    }
}
