package dev.wattline.records.index;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionKind;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.peaks.PhasePeaks;
import dev.wattline.compliance.peaks.PhasePeaks.AnalyzerPeaks;
import dev.wattline.compliance.peaks.PhasePeaks.ChannelPeak;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.OverallVerdict;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.CompanionRecord;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the index says of one session, derived from the session's files alone: maps, lists, texts, numbers and booleans in
 * the order of the file. A key that is not known is absent.
 */
public final class SessionEntry {
    /** The version of a line. */
    public static final int VERSION = 1;

    private final Map<String, Object> line = new LinkedHashMap<>();
    private final Path folder;
    private final SessionFacts facts;
    private final SessionReport report;

    private SessionEntry(Path folder) {
        this.folder = folder;
        SessionView view = SessionView.of(folder, folder.toString());
        this.facts = new SessionFacts(
                view, Summary.loadOrAbsent(view, Summary.CLIENT), Summary.loadOrAbsent(view, Summary.SERVER), null);
        this.report = new SessionChecker(new CheckOptions(null, null, true)).check(folder);
    }

    /**
     * Derives the entry.
     *
     * @param root the folder of the index, to which the session's place is relative
     * @param session the folder that holds {@code power}
     * @param tags what people called sessions, by the session's name
     */
    public static Map<String, Object> of(Path root, Path session, Map<String, Set<String>> tags) {
        return of(root, session, tags, report -> {});
    }

    /** @param checked told what the checks came to, where an analyzer measured */
    static Map<String, Object> of(
            Path root, Path session, Map<String, Set<String>> tags, Consumer<SessionReport> checked) {
        SessionEntry entry = new SessionEntry(session.toAbsolutePath().normalize());
        if (!InformalEntry.isOne(entry.folder)) {
            checked.accept(entry.report);
        }
        entry.fill(root.toAbsolutePath().normalize(), tags);
        return entry.line;
    }

    private void fill(Path root, Map<String, Set<String>> tags) {
        SessionFolder files = new SessionFolder(folder);
        List<String> problems = new ArrayList<>();
        Optional<SessionManifest> manifest = read(() -> ManifestJson.read(files.manifest()), problems);
        Optional<SystemFacts> system = read(() -> SystemFactsJson.read(files.systemFacts()), problems);
        String name = SessionId.isSessionId(facts.name()) ? facts.name() : String.valueOf(folder.getFileName());
        line.put("v", VERSION);
        line.put("session", name);
        List<Phase> phases = SessionKind.phases(report.kinds());
        String kind = InformalEntry.isOne(folder) ? InformalEntry.KIND : kind();
        line.put("kind", kind);
        put(
                "sut",
                manifest.map(SessionManifest::sut)
                        .or(() -> system.map(told -> told.host().name())));
        put("workload", manifest.map(SessionManifest::workload).filter(text -> !text.isEmpty()));
        manifest.map(SessionManifest::params)
                .filter(all -> !all.isEmpty())
                .ifPresent(all -> line.put("params", new TreeMap<>(all)));
        manifest.map(SessionEntry::settings).filter(all -> !all.isEmpty()).ifPresent(all -> line.put("settings", all));
        put("with", manifest.flatMap(SessionManifest::with).map(CompanionRecord::name));
        system.map(SessionEntry::machine).filter(all -> !all.isEmpty()).ifPresent(all -> line.put("machine", all));
        if (kind.equals(InformalEntry.KIND)) {
            InformalEntry.fill(line, folder, manifest, loadgen(), problems);
        } else {
            measured(phases, problems);
        }
        line.put("versions", versions(system));
        line.put("folder", root.relativize(folder).toString().replace('\\', '/'));
        line.put("bytes", bytes(problems));
        line.put("tags", List.copyOf(tags.getOrDefault(name, Set.of())));
        if (!problems.isEmpty()) {
            line.put("problems", problems);
        }
    }

    /** What an analyzer measured, and whether it counts. */
    private void measured(List<Phase> phases, List<String> problems) {
        times();
        boolean complete = phases.stream()
                .allMatch(phase -> facts.marks(facts.client(), phase).size() == 4
                        && facts.marks(facts.server(), phase).size() == 4);
        List<String> suspect = suspect();
        line.put("outcome", complete ? "complete" : "failed");
        line.put("suspect", suspect);
        Optional<LoadgenDetail> loadgen = loadgen();
        put("loadgen", loadgen.flatMap(log -> log.text("result_validity")));
        put("scenario", loadgen.flatMap(log -> log.text("effective_scenario")));
        line.put("round", report.round());
        line.put("checks", checks());
        OverallVerdict verdict = report.together();
        line.put("verdict", verdict.level().word());
        line.put(
                "valid",
                complete
                        && suspect.isEmpty()
                        && verdict.level() != OverallVerdict.Level.FAIL
                        && loadgen.flatMap(log -> log.text("result_validity"))
                                .filter("VALID"::equals)
                                .isPresent());
        metric(report.metric());
        peaks(phases, problems);
        put(
                "analyzers",
                Optional.of(facts.identities().stream()
                                .map(SessionEntry::called)
                                .toList())
                        .filter(all -> !all.isEmpty()));
    }

    private interface Reader<T> {
        Optional<T> read();
    }

    /** A file of ours that cannot be read costs its values and nothing else. */
    private static <T> Optional<T> read(Reader<T> reader, List<String> problems) {
        try {
            return reader.read();
        } catch (SessionFilesException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void put(String key, Optional<?> value) {
        value.ifPresent(known -> line.put(key, known));
    }

    /** What the session was made for: official unless it, or what it lacks, says otherwise. */
    private String kind() {
        Set<String> kinds = new LinkedHashSet<>();
        report.kinds().forEach(kind -> kinds.add(kind.finding().id()));
        return kinds.contains("kind-ranging-only")
                ? "ranging"
                : kinds.contains("kind-profile") || kinds.contains("kind-fixed-ranges") ? "profile" : "official";
    }

    private static Map<String, Object> settings(SessionManifest manifest) {
        Map<String, Object> all = new TreeMap<>();
        manifest.settings().forEach(setting -> all.put(setting.name(), setting.wanted()));
        return all;
    }

    /** Of what the machine says of itself that which one filters by. */
    private static Map<String, Object> machine(SystemFacts told) {
        Map<String, Object> all = new LinkedHashMap<>();
        text(all, "firmware", told.host().firmware());
        text(all, "os", told.software().system());
        text(all, "kernel", told.software().kernel());
        text(all, "bootOptions", String.join(" ", told.software().bootOptions()));
        text(all, "cpu", told.processor().model());
        text(all, "cpuLimits", String.join("; ", told.processor().limits()));
        text(all, "smt", told.processor().smt());
        text(all, "governor", told.processor().governors());
        text(all, "turbo", told.processor().turbo());
        if (!told.gpus().isEmpty()) {
            all.put("gpus", told.gpus().size());
            text(all, "gpu", told.gpus().get(0).name());
            told.gpus().stream()
                    .map(SystemFacts.Gpu::limitW)
                    .filter(Objects::nonNull)
                    .max(Double::compare)
                    .ifPresent(limit -> all.put("gpuLimitW", limit));
        }
        return all;
    }

    private static void text(Map<String, Object> all, String key, String value) {
        if (!value.isEmpty()) {
            all.put(key, value);
        }
    }

    private void times() {
        Map<String, Object> seconds = new LinkedHashMap<>();
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Phase phase : Phase.values()) {
            List<SessionFacts.PhaseTimes> marks = facts.marks(facts.client(), phase);
            if (!marks.isEmpty()) {
                SessionFacts.PhaseTimes end = marks.get(marks.size() - 1);
                seconds.put(phase.word(), tenths(end.monotonic() - marks.get(0).monotonic()));
                first = Math.min(first, marks.get(0).wall());
                last = Math.max(last, end.wall());
            }
        }
        if (first < last && first > 0 && last < Integer.MAX_VALUE * 2.0) {
            seconds.put("all", tenths(last - first));
            line.put("start", Instant.ofEpochMilli(Math.round(first * 1e3)).toString());
        }
        line.put("seconds", seconds);
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }

    private List<String> suspect() {
        List<String> all = new ArrayList<>();
        for (Summary summary : List.of(facts.client(), facts.server())) {
            if (summary.field("wattline", Map.of()) instanceof Map<?, ?> ours
                    && ours.get("suspect") instanceof List<?> list) {
                list.forEach(why -> all.add(String.valueOf(why)));
            }
        }
        return all;
    }

    private Optional<LoadgenDetail> loadgen() {
        try {
            return Optional.of(facts.loadgen(Phase.TESTING));
        } catch (PyError | IOException e) {
            return Optional.empty(); // the verdict tells of it
        }
    }

    private Map<String, Object> checks() {
        List<String> failing = report.checks().stream()
                .filter(check -> check.verdict().bad())
                .map(CheckResult::name)
                .toList();
        Map<String, Object> checks = new LinkedHashMap<>();
        checks.put("pass", report.checks().size() - failing.size());
        checks.put("fail", failing.size());
        checks.put("failing", failing);
        return checks;
    }

    private void metric(@Nullable PowerMetric metric) {
        Double official = metric == null ? null : metric.value();
        if (metric == null || official == null) {
            return;
        }
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("value", official);
        value.put("unit", String.valueOf(metric.unit()));
        PowerMetric.Interval interval = metric.ci95();
        if (interval != null) {
            value.put("lo", interval.low());
            value.put("hi", interval.high());
        }
        value.put("clean", metric.clean());
        line.put("metric", value);
        Double watts = metric.averageWatts();
        if (watts != null) {
            Map<String, Object> power = new LinkedHashMap<>(Map.of("mean", watts));
            drift().ifPresent(share -> power.put("drift", share));
            line.put("power", power);
        }
        put("energyJ", Optional.ofNullable(metric.energyJoules()));
        if (!metric.efficiencies().isEmpty()) {
            PowerMetric.Efficiency first = metric.efficiencies().get(0);
            Map<String, Object> efficiency = new LinkedHashMap<>();
            efficiency.put("value", first.value());
            efficiency.put("unit", first.unit());
            line.put("efficiency", efficiency);
        }
    }

    private OptionalDouble drift() {
        try {
            double share = facts.spl(Phase.TESTING).drift();
            return Double.isFinite(share) ? OptionalDouble.of(Math.round(share * 1e5) / 1e5) : OptionalDouble.empty();
        } catch (PyError | IOException e) {
            return OptionalDouble.empty(); // the verdict tells of it
        }
    }

    private void peaks(List<Phase> phases, List<String> problems) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Phase phase : phases) {
            try {
                PhasePeaks peaks = PhasePeaks.of(facts, phase);
                List<Object> columns = new ArrayList<>();
                for (AnalyzerPeaks analyzer : peaks.analyzers()) {
                    analyzer.columns().forEach(peak -> columns.add(peak(analyzer, peak)));
                }
                all.put(phase.word(), columns);
            } catch (PyError | IOException e) {
                problems.add("peaks of " + phase.word() + ": " + e.getMessage());
            }
        }
        line.put("peaks", all);
    }

    private static Map<String, Object> peak(AnalyzerPeaks analyzer, ChannelPeak peak) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("analyzer", analyzer.name());
        column.put("channel", peak.name());
        number(column, "V", peak.volts());
        number(column, "A", peak.amps());
        number(column, "W", peak.watts());
        return column;
    }

    private static void number(Map<String, Object> all, String key, double value) {
        if (!Double.isNaN(value)) {
            all.put(key, value);
        }
    }

    private static String called(AnalyzerIdentity identity) {
        String[] parts = identity.instrument().split(";", -1);
        return parts.length < 3 ? identity.model() : parts[1].strip() + " " + parts[2].strip();
    }

    private Map<String, Object> versions(Optional<SystemFacts> system) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (facts.client().field("wattline", Map.of()) instanceof Map<?, ?> ours
                && ours.get("version") instanceof String version) {
            all.put("wattline", version);
        }
        facts.identity()
                .map(AnalyzerIdentity::version)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> all.put("ptd", text));
        system.map(SystemFacts::gpuDriver).filter(text -> !text.isEmpty()).ifPresent(text -> all.put("driver", text));
        return all;
    }

    private long bytes(List<String> problems) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            problems.add("size: " + e.getMessage());
            return 0;
        }
    }
}
