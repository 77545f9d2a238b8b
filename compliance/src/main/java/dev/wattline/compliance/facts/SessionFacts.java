package dev.wattline.compliance.facts;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.rounds.MetricRules;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.sample.RangeRule;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.model.UncertaintyStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The facts of a session, each file read when it is first asked for and then kept. Not safe for use by several threads. */
public final class SessionFacts {
    private static final double QUARTER_HOUR = 900; // time zones differ by multiples of it

    private final SessionView view;
    private final Summary client;
    private final Summary server;
    private final RoundRules rules;
    private final boolean roundAsked;
    private final Map<Phase, LoadgenDetail> details = new EnumMap<>(Phase.class);
    private final Map<Phase, SplFacts> powerLogs = new EnumMap<>(Phase.class);
    private @Nullable PtdLog ptdLog;

    /**
     * @param roundAsked whether the rules were asked for, and not found by what the session says
     */
    public SessionFacts(SessionView view, Summary client, Summary server, RoundRules rules, boolean roundAsked) {
        this.view = view;
        this.roundAsked = roundAsked;
        this.client = client;
        this.server = server;
        this.rules = rules;
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

    /** The rules that the session is judged by. */
    public RoundRules rules() {
        return rules;
    }

    /**
     * The rules of the metric: those of the round asked for, else those of LoadGen's round, which made the result.
     *
     * @throws IOException if LoadGen's log cannot be read
     */
    public MetricRules metricRules() throws IOException {
        if (roundAsked || !view.exists("run_1/mlperf_log_detail.txt")) {
            return rules.metric();
        }
        return loadgen(Phase.TESTING)
                .round()
                .flatMap(Rounds::find)
                .map(RoundRules::metric)
                .orElse(rules.metric());
    }

    /** The session's name. */
    public String name() {
        return PyRepr.str(server.field("session_name", ""));
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
     * The power log of a phase.
     *
     * @throws PyError if it, LoadGen's or PTDaemon's log cannot be opened
     * @throws IOException if one of them cannot be read
     */
    public SplFacts spl(Phase phase) throws IOException {
        SplFacts facts = powerLogs.get(phase);
        if (facts == null) {
            double shift = loadgenOffset() - ptdOffset();
            Window window =
                    loadgen(phase).window().map(own -> own.shifted(shift)).orElse(null);
            Optional<RangeRule> range = phase == Phase.TESTING && view.exists(PtdLog.FILE)
                    ? ptdLog().measurement(phase).map(m -> new RangeRule(m.volts(), m.amps()))
                    : Optional.empty();
            facts = SplFacts.read(view, phase.folder() + "/spl.txt", window, range, name() + "_" + phase.word());
            powerLogs.put(phase, facts);
        }
        return facts;
    }

    /** What to add to LoadGen's times for UTC, s: in round v1.0 they are the SUT's local time. */
    public double loadgenOffset() throws IOException {
        return metricRules().localTimes() ? timezone(client) : 0;
    }

    /** What to add to PTDaemon's times for UTC, s: in round v1.0 they are the director's local time. */
    public double ptdOffset() throws IOException {
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

    private static double timezone(Summary summary) {
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
                .flatMap(message -> {
                    try {
                        return Optional.of(AnalyzerIdentity.parse(message.reply()));
                    } catch (IllegalArgumentException e) {
                        return Optional.empty(); // the official check tells of an answer that is none
                    }
                });
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
