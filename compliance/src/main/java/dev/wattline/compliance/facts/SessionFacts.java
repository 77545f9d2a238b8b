package dev.wattline.compliance.facts;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.rounds.MetricRules;
import dev.wattline.compliance.rounds.RoundChoice;
import dev.wattline.compliance.rounds.RoundEvidence;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.sample.RangeRule;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.SessionFile;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.model.UncertaintyStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts of a session, each file read when it is first asked for and then kept. Not safe for use by several threads. */
public final class SessionFacts {
    private static final double QUARTER_HOUR = 900; // time zones differ by multiples of it
    private static final double LATEST_SECOND = 1e11; // a mark beyond is no time
    private static final long SECONDS_A_DAY = 86_400;
    private static final String VERSION = "version=";
    private static final int BENCHMARK_LEVELS = 4; // benchmark/scenario/performance/session is the deepest form

    private final SessionView view;
    private final Summary client;
    private final Summary server;
    private final @Nullable String askedRound;
    private final Map<Phase, LoadgenDetail> details = new EnumMap<>(Phase.class);
    private final Map<Phase, SplFacts> powerLogs = new EnumMap<>(Phase.class);
    private @Nullable RoundChoice choice;
    private @Nullable PtdLog ptdLog;

    /**
     * @param askedRound the round to judge by, or null for what the session's own evidence says
     */
    public SessionFacts(SessionView view, Summary client, Summary server, @Nullable String askedRound) {
        this.view = view;
        this.askedRound = askedRound;
        this.client = client;
        this.server = server;
    }

    /** The session's folder. */
    public SessionView view() {
        return view;
    }

    /** The SUT's summary. */
    public Summary client() {
        return client;
    }

    /** The director's summary. */
    public Summary server() {
        return server;
    }

    /** The round whose rules the session is judged by, for its verdicts and its metric alike. */
    public RoundChoice choice() {
        RoundChoice known = choice;
        if (known == null) {
            known = askedRound == null ? RoundChoice.of(evidence()) : RoundChoice.asked(askedRound);
            choice = known;
        }
        return known;
    }

    /** The rules that the session is judged by. */
    public RoundRules rules() {
        return choice().rules();
    }

    private MetricRules metricRules() {
        return rules().metric();
    }

    private RoundEvidence evidence() {
        int ahead = client.field("messages", "") instanceof List<?> ours
                        && server.field("messages", "") instanceof List<?> theirs
                ? theirs.size() - ours.size()
                : 0;
        double measured = Stream.of(server, client)
                .flatMap(summary -> marks(summary, Phase.TESTING).stream())
                .mapToDouble(PhaseTimes::wall)
                .findFirst()
                .orElse(Double.NaN);
        return new RoundEvidence(
                RoundEvidence.folders(view.folder()),
                ptdVersion(),
                ahead,
                Stream.of(server, client)
                        .map(summary -> summary.field("sources", Map.of()))
                        .toList(),
                Math.abs(measured) < LATEST_SECOND
                        ? Optional.of(LocalDate.ofEpochDay(Math.floorDiv((long) measured, SECONDS_A_DAY)))
                        : Optional.empty(),
                loadgenRound());
    }

    /** PTDaemon's version: as its log has it, which is protected by a hash, else as its answer to Identify has it. */
    private String ptdVersion() {
        try {
            Optional<String> printed = ptdLog().version();
            if (printed.isPresent()) {
                return upToHyphen(printed.get());
            }
        } catch (PyError | IOException e) {
            // The checks tell of a log that cannot be read.
        }
        return ptdMessages().stream()
                .filter(message -> message.command().equals("Identify"))
                .findFirst()
                .map(Exchange::reply)
                .filter(reply -> reply.contains(VERSION))
                .map(reply -> upToHyphen(reply.substring(reply.indexOf(VERSION) + VERSION.length())))
                .orElse("");
    }

    private static String upToHyphen(String build) {
        int hyphen = build.indexOf('-');
        return hyphen < 0 ? build : build.substring(0, hyphen);
    }

    private Optional<String> loadgenRound() {
        for (Phase phase : List.of(Phase.TESTING, Phase.RANGING)) {
            try {
                Optional<String> round = loadgen(phase).round();
                if (round.isPresent()) {
                    return round;
                }
            } catch (PyError | IOException e) {
                // The other phase's log, if it is there, is of the same LoadGen.
            }
        }
        return Optional.empty();
    }

    /** The session's name; empty if neither summary tells it. */
    public String name() {
        return PyRepr.str(server.field("session_name", client.field("session_name", "")));
    }

    /**
     * The benchmark, if it is one of those that the round counts in tokens and a folder above the session is named after
     * it, as in {@code llama2-70b-99/Offline/performance}; else empty.
     */
    public String tokenBenchmark() {
        Set<String> known = metricRules().tokenResults().keySet();
        Path folder = view.folder();
        for (int level = 0; level < BENCHMARK_LEVELS && folder != null && folder.getFileName() != null; level++) {
            for (String part : folder.getFileName().toString().split("__", -1)) {
                if (known.contains(part)) {
                    return part;
                }
            }
            folder = folder.getParent();
        }
        return "";
    }

    /**
     * LoadGen's log of a phase.
     *
     * @throws PyError if it cannot be opened
     * @throws IOException if it cannot be read
     */
    public LoadgenDetail loadgen(Phase phase) throws IOException {
        LoadgenDetail detail = details.get(phase);
        if (detail == null) {
            detail = LoadgenDetail.read(view, phase.folder());
            details.put(phase, detail);
        }
        return detail;
    }

    /**
     * PTDaemon's log.
     *
     * @throws PyError if it cannot be opened
     * @throws IOException if it cannot be read
     */
    public PtdLog ptdLog() throws IOException {
        if (ptdLog == null) {
            ptdLog = PtdLog.read(view, name());
        }
        return ptdLog;
    }

    /**
     * The power log of a phase; without the power window if LoadGen's log is not there or does not tell it, and without
     * the rule on ranges if PTDaemon's log is not there.
     *
     * @throws PyError if the power log cannot be opened
     * @throws IOException if it cannot be read
     */
    public SplFacts spl(Phase phase) throws IOException {
        SplFacts facts = powerLogs.get(phase);
        if (facts == null) {
            Optional<RangeRule> range = phase == Phase.TESTING
                    ? measurement(phase).map(m -> new RangeRule(m.volts(), m.amps()))
                    : Optional.empty();
            String mark = name().isEmpty() ? "" : name() + "_" + phase.word();
            facts = SplFacts.read(view, SessionFile.spl(phase).place(), window(phase), range, mark);
            powerLogs.put(phase, facts);
        }
        return facts;
    }

    /** The power window on the clock of the power log; null if LoadGen's log does not tell it or cannot be read. */
    private @Nullable Window window(Phase phase) {
        try {
            double shift = loadgenOffset() - ptdOffset();
            return loadgen(phase).window().map(own -> own.shifted(shift)).orElse(null);
        } catch (PyError | IOException e) {
            return null; // rules that need the window say that they could not run
        }
    }

    private Optional<PtdLog.Measurement> measurement(Phase phase) {
        try {
            return ptdLog().measurement(phase);
        } catch (PyError | IOException e) {
            return Optional.empty(); // as above
        }
    }

    /** What to add to LoadGen's times for UTC, s: in round v1.0 they are the SUT's local time. */
    public double loadgenOffset() {
        return metricRules().localTimes() ? timezone(client) : 0;
    }

    /** What to add to PTDaemon's times for UTC, s: in round v1.0 they are the director's local time. */
    public double ptdOffset() {
        return metricRules().localTimes() ? timezone(server) : 0;
    }

    /** By how much PTDaemon's clock is off UTC by the director's marks, to a quarter of an hour, s; empty if unknown. */
    public Optional<Double> ptdOffsetByMarks() throws IOException {
        List<PhaseTimes> marks = marks(server, Phase.TESTING);
        Optional<PtdLog.Measurement> testing = ptdLog().measurement(Phase.TESTING);
        if (marks.size() < 2 || testing.isEmpty()) {
            return Optional.empty();
        }
        double difference = marks.get(1).wall() - testing.get().startMicros() / 1e6;
        return Optional.of(Math.rint(difference / QUARTER_HOUR) * QUARTER_HOUR);
    }

    /** What a side's summary says to add to its local time for UTC, s; 0 if it says nothing of the kind. */
    public double timezone(Summary summary) {
        try {
            return PyNumbers.toFloat(PyNumbers.toInt(summary.field("timezone")));
        } catch (PyError e) {
            return 0; // the official check names the zone that is none
        }
    }

    /** A mark of a phase on both of a side's clocks, s. */
    public record PhaseTimes(double wall, double monotonic) {}

    /** The marks of a phase by one side's summary, up to the first that is none. */
    public List<PhaseTimes> marks(Summary summary, Phase phase) {
        List<PhaseTimes> marks = new ArrayList<>();
        if (summary.field("phases", "") instanceof Map<?, ?> phases
                && phases.get(phase.word()) instanceof List<?> list) {
            for (Object mark : list) {
                if (!(mark instanceof List<?> pair)
                        || pair.size() < 2
                        || !PyNumbers.isNumber(pair.get(0))
                        || !PyNumbers.isNumber(pair.get(1))) {
                    break;
                }
                marks.add(new PhaseTimes(PyNumbers.toFloat(pair.get(0)), PyNumbers.toFloat(pair.get(1))));
            }
        }
        return marks;
    }

    /** A message of a summary; times in s, NaN if there are none. */
    public record Exchange(String command, double commandAt, String reply, double replyAt, int index) {}

    /** The control dialogue by one side's summary. */
    public List<Exchange> messages(Summary summary) {
        return exchanges(summary.field("messages", List.of()));
    }

    /** The dialogue with PTDaemon. */
    public List<Exchange> ptdMessages() {
        return exchanges(server.field("ptd_messages", List.of()));
    }

    private static List<Exchange> exchanges(Object messages) {
        List<Exchange> exchanges = new ArrayList<>();
        if (messages instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> map) {
                    exchanges.add(new Exchange(
                            text(map.get("cmd")),
                            time(map.get("cmd_time")),
                            text(map.get("reply")),
                            time(map.get("reply_time")),
                            i));
                }
            }
        }
        return exchanges;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static double time(@Nullable Object value) {
        return value != null && PyNumbers.isNumber(value) ? PyNumbers.toFloat(value) : Double.NaN;
    }

    /** What the first analyzer answered to Identify, if it is an identity. */
    public Optional<AnalyzerIdentity> identity() {
        return ptdMessages().stream()
                .filter(message -> message.command().equals("Identify"))
                .findFirst()
                .flatMap(message -> identity(message.reply()));
    }

    /**
     * What each analyzer answered to Identify, as far as that is an identity: a director of ours records every analyzer's
     * dialogue, the reference the first one's.
     */
    public List<AnalyzerIdentity> identities() {
        List<AnalyzerIdentity> found = new ArrayList<>();
        Object ours = server.field("wattline", Map.of()) instanceof Map<?, ?> map ? map.get("analyzers") : null;
        for (Object analyzer : ours instanceof List<?> list ? list : List.of()) {
            Object messages = analyzer instanceof Map<?, ?> map ? map.get("ptd_messages") : null;
            for (Object message : messages instanceof List<?> list ? list : List.of()) {
                if (message instanceof Map<?, ?> one
                        && "Identify".equals(one.get("cmd"))
                        && one.get("reply") instanceof String reply) {
                    identity(reply).ifPresent(found::add);
                    break;
                }
            }
        }
        return found.isEmpty() ? identity().stream().toList() : List.copyOf(found);
    }

    private static Optional<AnalyzerIdentity> identity(String reply) {
        try {
            return Optional.of(AnalyzerIdentity.parse(reply));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the official check tells of an answer that is none
        }
    }

    /** PTDaemon's last answer to Uncertainty of the testing measurement; directors ask since round v4.1. */
    public Optional<UncertaintyStatistics> testingUncertainty() {
        boolean testing = false;
        Optional<UncertaintyStatistics> last = Optional.empty();
        for (Exchange message : ptdMessages()) {
            if (message.command().startsWith("Go,")) {
                testing = message.command().endsWith("_" + Phase.TESTING.word());
            } else if (testing && message.command().equals("Uncertainty")) {
                Optional<UncertaintyStatistics> before = last;
                last = statistics(message.reply()).or(() -> before);
            }
        }
        return last;
    }

    /** Statistics, or empty where PTDaemon answered with an error instead. */
    private static Optional<UncertaintyStatistics> statistics(String reply) {
        try {
            return Optional.of(UncertaintyStatistics.parse(reply));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
