package dev.wattline.director.config;

import dev.wattline.director.config.DirectorConfig.Loaded;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.model.IniDocument;
import dev.wattline.model.IoErrors;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one configuration file and collects all that is wrong with it. */
final class ConfigLoader {
    private static final Duration DEBUG_SETTLE = Duration.ofMillis(500); // the reference's under MLPP_DEBUG
    private static final int MOST_ANALYZERS = 64;

    private final Path file;
    private final boolean strict;
    private final Map<String, String> environment;
    private final List<Finding> problems = new ArrayList<>();

    ConfigLoader(Path file, boolean strict, Map<String, String> environment) {
        this.file = file.toAbsolutePath().normalize();
        this.strict = strict;
        this.environment = environment;
    }

    Loaded load() {
        IniDocument document = IniDocument.parse(read());
        for (IniDocument.Problem problem : document.problems()) {
            problems.add(ConfigFindings.of("config-syntax", problem.line(), "", "", problem.message()));
        }
        DirectorConfig config = config(document);
        new UnknownNames(document, problems).report(config.analyzers().size());
        List<Finding> sorted = problems.stream()
                .map(problem -> strict && problem.severity() == Severity.WARNING
                        ? problem.withSeverity(Severity.ERROR)
                        : problem)
                .sorted(Comparator.comparingLong(Finding::line))
                .toList();
        if (sorted.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            throw new ConfigException(file, sorted);
        }
        return new Loaded(config, sorted);
    }

    private String read() {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text; // Windows editors begin files with it
        } catch (IOException e) {
            throw new ConfigException(file, IoErrors.of(e), e);
        }
    }

    /** The configuration; where something was wrong, a stand-in stands, and {@link #load} throws. */
    private DirectorConfig config(IniDocument document) {
        SectionReader server = new SectionReader(document, "server", problems);
        SectionReader ptd = new SectionReader(document, "ptd", problems);
        HostPort ntp = server.required(ConfigKey.NTP_SERVER, ConfigLoader::ntpServer);
        String binary = ptd.required(ConfigKey.PTD, ConfigLoader::notEmpty);
        InetSocketAddress listen = server.orDefault(ConfigKey.LISTEN, ConfigLoader::listen);
        Map<Integer, String> ports = new HashMap<>();
        if (listen.getPort() != 0) {
            ports.put(listen.getPort(), "the director (listen)");
        }
        return new DirectorConfig(
                file,
                ntp == null ? new HostPort("none", NtpClient.DEFAULT_PORT) : ntp,
                listen,
                rangingMode(server),
                binary == null ? "" : binary,
                analyzers(document, ptd, ports),
                settings(
                        new SectionReader(document, "wattline", problems),
                        new SectionReader(document, "lab", problems),
                        ports));
    }

    private List<AnalyzerConfig> analyzers(IniDocument document, SectionReader ptd, Map<Integer, String> ports) {
        int count = ptd.orDefault(ConfigKey.ANALYZER_COUNT, KeyNumbers::integer);
        if (count < 1 || count > MOST_ANALYZERS) {
            ptd.error(ConfigKey.ANALYZER_COUNT, "expected 1 to " + MOST_ANALYZERS + ", got " + count);
            return List.of();
        }
        boolean oldForm = !document.hasSection("analyzer1") && ptd.has(ConfigKey.DEVICE_TYPE);
        if (oldForm && count > 1) {
            ptd.error(ConfigKey.ANALYZER_COUNT, "more than one analyzer needs a section [analyzerN] for each");
        }
        List<AnalyzerConfig> analyzers = new ArrayList<>();
        for (int number = 1; number <= (oldForm ? 1 : count); number++) {
            String section = oldForm ? "ptd" : "analyzer" + number;
            if (!document.hasSection(section)) {
                problems.add(ConfigFindings.of(
                        "config-missing", 0, section, "", "is missing, but analyzerCount is " + count));
                continue;
            }
            AnalyzerSection reader = new AnalyzerSection(new SectionReader(document, section, problems));
            analyzers.add(reader.read(number, ports));
        }
        return analyzers;
    }

    private DirectorSettings settings(SectionReader own, SectionReader lab, Map<Integer, String> ports) {
        Path base = file.getParent() == null ? Path.of("").toAbsolutePath() : file.getParent();
        Path results = base.resolve(own.orDefault(ConfigKey.RESULTS_DIR, ConfigLoader::notEmpty));
        boolean debug = environment.containsKey("MLPP_DEBUG");
        Duration settle = own.orDefault(ConfigKey.SETTLE, KeyNumbers::seconds);
        return new DirectorSettings(
                results.normalize(),
                results.resolve(own.orDefault(ConfigKey.LOG_FILE, ConfigLoader::notEmpty))
                        .normalize(),
                own.orDefault(ConfigKey.BUSY, text -> oneOf(text, "reject", "queue"))
                        .equals("queue"),
                debug && !own.has(ConfigKey.SETTLE) ? DEBUG_SETTLE : settle,
                debug,
                own.orDefault(ConfigKey.STOP_ON, LiveCheck::parse),
                new AccessSection(own, lab, base).read(ports),
                own.orDefault(ConfigKey.IDLE, KeyNumbers::seconds),
                own.orDefault(ConfigKey.HELLO, KeyNumbers::seconds),
                own.orDefault(ConfigKey.STALL, KeyNumbers::seconds),
                own.orDefault(ConfigKey.UNACKNOWLEDGED, KeyNumbers::deadline),
                own.orDefault(ConfigKey.SET_CLOCK, text -> oneOf(text, "no", "yes"))
                        .equals("yes"),
                new Deadlines(
                        own.orDefault(ConfigKey.PTD_START, KeyNumbers::deadline),
                        own.orDefault(ConfigKey.PTD_REPLY, KeyNumbers::deadline),
                        own.orDefault(ConfigKey.PTD_RANGE, KeyNumbers::deadline),
                        own.orDefault(ConfigKey.PTD_READ, KeyNumbers::deadline),
                        own.orDefault(ConfigKey.PTD_STOP, KeyNumbers::deadline)),
                own.orDefault(ConfigKey.KEEP_DAYS, ConfigLoader::limit),
                scaled(own.orDefault(ConfigKey.KEEP_GIGABYTES, ConfigLoader::limit), 1_000_000_000L),
                Optional.ofNullable(own.optional(ConfigKey.NOTIFY, text -> program(base, text))));
    }

    private static Path program(Path base, String text) {
        Path file = base.resolve(notEmpty(text)).normalize();
        if (!Files.isExecutable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("expected a program that can be executed, got '" + file + "'");
        }
        return file;
    }

    private static OptionalLong limit(String text) {
        return text.strip().equals("off") ? OptionalLong.empty() : OptionalLong.of(KeyNumbers.count(text));
    }

    private static OptionalLong scaled(OptionalLong value, long factor) {
        return value.isPresent() ? OptionalLong.of(value.getAsLong() * factor) : value;
    }

    static List<AllowedNetwork> networks(String text) {
        List<AllowedNetwork> networks = new ArrayList<>();
        if (!text.strip().equals("all")) {
            for (String part : text.split(",", -1)) {
                networks.add(AllowedNetwork.parse(part.strip()));
            }
        }
        return networks;
    }

    static String oneOf(String text, String... words) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (!List.of(words).contains(value)) {
            throw new IllegalArgumentException("expected " + String.join(" or ", words) + ", got '" + text + "'");
        }
        return value;
    }

    /** The reference, too, warns of another word and goes on with AUTO. */
    private static RangingMode rangingMode(SectionReader server) {
        String text = server.orDefault(ConfigKey.RANGING_MODE, word -> word);
        for (RangingMode mode : RangingMode.values()) {
            if (mode.name().equalsIgnoreCase(text.strip())) {
                return mode;
            }
        }
        server.warning(ConfigKey.RANGING_MODE, "expected AUTO or MAX, got '" + text + "'; AUTO is used");
        return RangingMode.AUTO;
    }

    private static HostPort ntpServer(String text) {
        return HostPort.parse(notEmpty(text), NtpClient.DEFAULT_PORT);
    }

    static String notEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected a value, got none");
        }
        return text;
    }

    /** The reference's form: an address and a port with one blank between them. */
    static InetSocketAddress listen(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "expected '<ip> <port>' with one blank, such as '0.0.0.0 4950', got '" + text + "'");
        }
        int port = parts[1].equals("0") ? 0 : KeyNumbers.port(parts[1]);
        return new InetSocketAddress(AllowedNetwork.literal(parts[0]), port);
    }
}
