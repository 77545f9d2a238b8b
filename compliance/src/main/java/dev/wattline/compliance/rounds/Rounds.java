package dev.wattline.compliance.rounds;

import dev.wattline.compliance.rounds.RoundRules.DurationRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The rounds whose rules are known. Safe for use by several threads. */
public final class Rounds {
    /** The rules of the newest official checker, whatever the session says. */
    public static final String LATEST = "latest";

    private static final Map<String, RoundRules> LOADED = new ConcurrentHashMap<>();

    private Rounds() {}

    /** The table of the rounds, read when it is first asked for. */
    private static final class Table {
        static final List<RoundEntry> ENTRIES = read();

        private static List<RoundEntry> read() {
            List<RoundEntry> entries = new ArrayList<>();
            try (BufferedReader in = reader("rounds.txt")) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (!line.startsWith("#")) {
                        entries.add(RoundEntry.of(line));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.copyOf(entries);
        }
    }

    /** The names of the rounds, oldest first, {@code latest} last. */
    public static List<String> names() {
        return Table.ENTRIES.stream().map(RoundEntry::name).toList();
    }

    /** The rounds without {@code latest}, oldest first. */
    static List<RoundEntry> entries() {
        return Table.ENTRIES.subList(0, Table.ENTRIES.size() - 1);
    }

    /**
     * The rules of a round, if there is one of this name. A round that is not known yet can be given the rules of one that
     * is: {@code v7.0=v6.1}.
     */
    public static Optional<RoundRules> find(String name) {
        int equals = name.indexOf('=');
        if (equals > 0) {
            return find(name.substring(equals + 1)).map(rules -> rules.named(name.substring(0, equals)));
        }
        for (RoundEntry entry : Table.ENTRIES) {
            if (entry.name().equals(name)) {
                return Optional.of(rules(entry));
            }
        }
        return Optional.empty();
    }

    /** Whether a round is the newest one, which {@code latest} is another name of. */
    public static boolean isNewest(String name) {
        List<RoundEntry> rounds = entries();
        return name.equals(LATEST) || name.equals(rounds.get(rounds.size() - 1).name());
    }

    /** The rules of the newest official checker. */
    public static RoundRules latest() {
        return find(LATEST).orElseThrow();
    }

    static RoundRules rules(RoundEntry entry) {
        return LOADED.computeIfAbsent(entry.name(), name -> load(entry));
    }

    private static RoundRules load(RoundEntry entry) {
        Properties data = new Properties();
        try (BufferedReader in = reader(entry.name() + ".properties")) {
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
                entry.name(),
                text(data, "origin"),
                entry.ptdVersions(),
                models,
                list(data, "devices").stream().map(Long::valueOf).toList(),
                entry.sources()::all,
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
                entry.serverMessagesAhead(),
                flag(data, "times.loadgen.local"),
                flag(data, "times.ptd.local"),
                flag(data, "hashes.client.json"),
                metric(data),
                layout(data));
    }

    private static MetricRules metric(Properties data) {
        return new MetricRules(
                flag(data, "metric.positive.only"),
                text(data, "metric.per.query"),
                flag(data, "metric.query.count.logged"),
                flag(data, "metric.times.local"),
                text(data, "metric.result.singlestream"),
                text(data, "metric.result.multistream"),
                text(data, "metric.result.server"),
                tokens(data));
    }

    private static Map<String, MetricRules.TokenResults> tokens(Properties data) {
        Map<String, MetricRules.TokenResults> tokens = new LinkedHashMap<>();
        for (String row : list(data, "metric.tokens")) {
            String[] parts = row.split(":", -1);
            tokens.put(parts[0], new MetricRules.TokenResults(parts[1], parts[2]));
        }
        return tokens;
    }

    private static SubmissionLayout layout(Properties data) {
        return new SubmissionLayout(
                SubmissionLayout.Documents.valueOf(
                        text(data, "layout.documents").toUpperCase(Locale.ROOT)),
                flag(data, "layout.nameplate"));
    }

    private static BufferedReader reader(String name) {
        return new BufferedReader(new InputStreamReader(resource(name), StandardCharsets.UTF_8));
    }

    static InputStream resource(String name) {
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
