package dev.wattline.compliance.audit;

import static dev.wattline.compliance.SyntheticSession.NAME;
import static dev.wattline.compliance.SyntheticSession.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule on a session that breaks it; the official checker lets nearly all of these pass. */
class AuditTest {
    private static final String SERVER = "power/server.json";
    private static final String CLIENT = "power/client.json";
    private static final String LOG = "power/ptd_logs.txt";
    private static final String SPL = "run_1/spl.txt";
    private static final String DETAIL = "run_1/mlperf_log_detail.txt";

    @TempDir
    Path temp;

    record Case(String id, boolean officialPasses, Consumer<SyntheticSession> change) {
        @Override
        public String toString() {
            return id;
        }
    }

    static Case passes(String id, Consumer<SyntheticSession> change) {
        return new Case(id, true, change);
    }

    static Case fails(String id, Consumer<SyntheticSession> change) {
        return new Case(id, false, change);
    }

    private static Consumer<SyntheticSession> edit(String file, String regex, String by) {
        return session -> session.edit(file, text -> text.replaceAll(regex, by));
    }

    /** The row of the testing phase that was taken this long after the start, s. */
    private static String row(double seconds) {
        return "Time," + stamp(seconds) + ",Watts,250.000000,Volts,230.000000,Amps,1.100000,PF,0.988000,Mark," + NAME
                + "_testing\n";
    }

    /** Moves the marks of the testing phase that were set so long after its start, s. */
    private static Consumer<SyntheticSession> marksLater(String summary, double by, int... marks) {
        return session -> session.edit(summary, text -> {
            String changed = text;
            for (int mark : marks) {
                long second = 1_753_714_800L + mark;
                changed = changed.replaceAll(
                        "\\[" + second + "(\\.\\d+), (\\d+)\\.\\d+",
                        "[" + second + String.valueOf(by).substring(1) + "00, $2"
                                + String.valueOf(by).substring(1) + "00");
            }
            return changed;
        });
    }

    /** The client asked for the time in the testing phase, and the director's clock was so much ahead, s. */
    private static Consumer<SyntheticSession> askedForTime(double ahead) {
        double at = 1_753_714_830.0;
        String asked = String.format(
                Locale.ROOT,
                ",\n{\"cmd\": \"time\", \"cmd_time\": %.3f, \"reply\": \"%.3f\", \"reply_time\": %.3f}",
                at,
                at + ahead + 0.002,
                at + 0.004);
        return session -> {
            for (String summary : List.of(CLIENT, SERVER)) {
                session.edit(summary, text -> text.replaceFirst("(start,testing\"[^}]*})", "$1" + asked));
            }
        };
    }

    private static Consumer<SyntheticSession> rows(double from, double to, String by) {
        return session -> session.edit(SPL, text -> {
            String changed = text;
            for (double at = from; at <= to; at++) {
                changed = changed.replace(row(at), by);
            }
            return changed;
        });
    }

    private static Consumer<SyntheticSession> watts(double at, String watts) {
        return session -> session.replace(SPL, stamp(at) + ",Watts,250.000000", stamp(at) + ",Watts," + watts);
    }

    static Stream<Case> cases() {
        return Stream.of(
                passes("samples-missing", rows(260.3, 264.3, "")),
                passes("sample-gap", rows(260.3, 260.3, "")),
                passes("window-uncovered", rows(225.3, 244.3, "")),
                passes("sample-duplicate", session -> session.replace(SPL, row(260.3), row(260.3) + row(260.3))),
                passes(
                        "sample-order",
                        session -> session.replace(SPL, row(260.3) + row(261.3), row(261.3) + row(260.3))),
                passes("sample-error", watts(260.3, "-1.000000")),
                passes("sample-missed", watts(260.3, "-2.000000")),
                passes("sample-zero", watts(260.3, "0.000000")),
                passes("sample-out-of-range", watts(260.3, "-603.000000")),
                passes(
                        "range-exceeded",
                        session -> session.replace(
                                SPL,
                                stamp(260.3) + ",Watts,250.000000,Volts,230.000000,Amps,1.1",
                                stamp(260.3) + ",Watts,250.000000,Volts,230.000000,Amps,2.1")),
                passes("rows-edited", watts(260.3, "251.000000")),
                passes("rows-lost", rows(240.3, 245.3, "")),
                passes("rows-added", session -> session.edit(SPL, text -> text + text)),
                passes("row-last", rows(324.3, 324.3, "")),
                passes(
                        "row-mark",
                        session -> session.replace(SPL, row(230.3), row(230.3).replace("_testing", "_other"))),
                passes("row-malformed", session -> session.replace(SPL, row(230.3), "NOTICE\n" + row(230.3))),
                passes("row-malformed", session -> session.replace(SPL, row(230.3), merged(row(230.3), "Time,no row"))),
                passes("files-links", session -> link(session.folder(), "ranging/.gitkeep")),
                passes(
                        "load-uncertainty",
                        session -> session.edit(
                                LOG,
                                text -> text.replace(
                                        stamp(325) + ": Completed",
                                        stamp(260.3)
                                                + ": WARNING: Uncertainty 1.35%, which is above 1.00% limit for the last sample!\n"
                                                + stamp(325)
                                                + ": Completed"))),
                passes(
                        "load-warnings",
                        session -> session.edit(
                                LOG,
                                text -> text.replace(
                                        stamp(325) + ": Completed",
                                        stamp(260.3) + ": WARNING: Missed 1 samples\n" + stamp(325) + ": Completed"))),
                passes(
                        "testing-errors",
                        session -> session.edit(
                                LOG,
                                text -> text.replace(
                                                stamp(325) + ": Completed",
                                                stamp(260.3)
                                                        + ": ERROR: Current exceeds peak value allowed for range 0.50A and CF 3.\n"
                                                        + stamp(325)
                                                        + ": Completed")
                                        .replace(
                                                stamp(1) + ": Unc",
                                                stamp(0) + ": ERROR: USB.\n" + stamp(1) + ": Unc"))),
                passes(
                        "ptd-log-cut",
                        session -> session.edit(LOG, text -> text.substring(0, text.lastIndexOf(stamp(325))))),
                passes(
                        "ptd-reply-contradicts",
                        edit(SERVER, "Watts,250.000000,250.000000", "Watts,240.000000,250.000000")),
                passes("ptd-version-contradicts", edit(SERVER, "1.11.1-69286632", "1.11.1-00000000")),
                passes(
                        "summary-contradicts-log",
                        session -> session.replace("power/server.log", "start,ranging", "start,x")),
                passes("ids-contradict", session -> {
                    session.replace(CLIENT, "{\"client\": \"1111", "{\"client\": \"2111");
                    session.replace(SERVER, "{\"client\": \"1111", "{\"client\": \"2111");
                }),
                passes("ids-contradict", session -> {
                    session.replace(CLIENT, "\"server\": \"6666", "\"server\": \"7666");
                    session.replace(SERVER, "\"server\": \"6666", "\"server\": \"7666");
                }),
                passes(
                        "config-contradicts-log",
                        session -> session.replace("power/server.log", "'-p', '8888'", "'-p', '8889'")),
                passes(
                        "audit-limited",
                        session -> session.edit("power/server.log", text -> text.replace("running", "starting"))),
                passes("clock-step", edit(CLIENT, "1115.000", "1116.000")),
                passes("clock-skew", marksLater(SERVER, 0.4, 0, 25, 115, 126)),
                passes("clock-skew", askedForTime(0.3)),
                passes("message-delayed", marksLater(SERVER, 0.4, 0)),
                passes(
                        "messages-order",
                        session -> session.replace(
                                CLIENT, "\"reply_time\": 1753714799.110", "\"reply_time\": 1753714790.0")),
                passes("marks-order", session -> {
                    session.replace(CLIENT, "[1753714926.010, 1126.000]", "[1753714825.010, 1126.000]");
                    session.replace(SERVER, "[1753714926.000, 1126.000]", "[1753714825.000, 1126.000]");
                }),
                passes(
                        "marks-beside-messages",
                        session -> session.edit(
                                CLIENT, text -> text.replace("1753714915.010, 1115", "1753714915.700, 1115"))),
                passes("loadgen-clock", session -> {
                    hourLater(session, "run_1");
                    hourLater(session, "ranging");
                }),
                passes("window-empty", session -> {
                    hourLater(session, "run_1");
                    hourLater(session, "ranging");
                }),
                passes("loadgen-invalid", edit(DETAIL, "VALID", "INVALID")),
                passes("window-short", edit(DETAIL, stamp(300), stamp(290))),
                passes(
                        "uncertainty-high",
                        edit(
                                SERVER,
                                "0.004000,0.003900,0.004100,100,0,100,0",
                                "0.012000,0.003900,0.024100,100,60,40,0")),
                passes("uncertainty-unknown", edit(SERVER, "100,0,100,0", "100,0,90,10")),
                passes("uncertainty-samples", edit(SERVER, "0.004100,100,0,100,0", "0.014100,100,2,98,0")),
                passes("span-low", edit(LOG, "Amp range set to 2.000000A", "Amp range set to 20.000000A")),
                passes("crest-risk", session -> {
                    session.edit(SPL, text -> text.replace("PF,0.988", "PF,0.200"));
                    session.edit("ranging/spl.txt", text -> text.replace("PF,0.988", "PF,0.200"));
                }),
                passes("power-factor-low", session -> session.edit(SPL, text -> text.replace("PF,0.988", "PF,0.400"))),
                passes(
                        "phases-power",
                        session -> session.edit(SPL, text -> text.replace("Watts,250.0", "Watts,290.0"))),
                passes(
                        "testing-below-ranging",
                        session -> session.edit(SPL, text -> text.replace("Watts,250.0", "Watts,242.0"))),
                passes("range-tight", session -> session.edit(SPL, text -> text.replace("Amps,1.1", "Amps,1.91"))),
                passes(
                        "ranging-rising",
                        session -> session.replace(
                                "ranging/spl.txt", stamp(97.3) + ",Watts,250.0", stamp(97.3) + ",Watts,253.0")),
                passes("data-mock", edit(SERVER, "1.11.1-69286632-20240907", "1.11.1-mock-20261122")),
                passes("files-extra", session -> session.write("run_1/ptd_out.txt", "x")),
                fails("audit-incomplete", session -> session.delete(SPL)));
    }

    /** What is missing in one phase costs nothing of what can be found in the other, or in another file. */
    @ParameterizedTest
    @CsvSource({
        "ranging/mlperf_log_detail.txt, sample-out-of-range, window-empty (ranging)",
        "ranging/spl.txt, sample-out-of-range, sample-gap (ranging)",
        "run_1/mlperf_log_detail.txt, sample-out-of-range, window-empty (testing)",
        "power/ptd_logs.txt, sample-out-of-range, range-exceeded (testing)",
        "power/client.log, sample-out-of-range, summary-contradicts-log",
        "power/server.log, sample-out-of-range, config-contradicts-log",
        "run_1/spl.txt, load-warnings, sample-out-of-range (testing)"
    })
    void rulesRunOnEachFileByItself(String missing, String found, String notRun) {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        watts(260.3, "-603.000000").accept(session);
        session.edit(
                LOG,
                text -> text.replace(
                        stamp(325) + ": Completed",
                        stamp(260.3) + ": WARNING: Missed 1 samples\n" + stamp(325) + ": Completed"));
        session.rehash().delete(missing);
        SessionReport report = session.check();
        assertThat(report.audit()).extracting(Finding::id).contains(found);
        assertThat(report.audit())
                .filteredOn(finding -> finding.id().equals("audit-incomplete"))
                .allMatch(finding -> finding.severity() == Severity.WARNING)
                .extracting(finding -> finding.values().get("rules that did not run"))
                .anyMatch(rules -> rules.contains(notRun));
        boolean guarded = missing.startsWith("ranging") || missing.endsWith(".log");
        assertThat(Objects.requireNonNull(report.metric()).doubtTexts())
                .hasSize(guarded ? 1 : missing.equals(SPL) ? 1 : 2); // out of range, and what did not run
    }

    /** Our director reads the restored ranges back after the summary's last message; anything else was cut out of it. */
    @Test
    void rangesReadBackAtTheEndAreNoContradictionAndOtherRepliesAre() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        String end = "07-28-2025 15:05:25.700: Response to client sent: ";
        session.edit(LOG, text -> text + end + "Ranges,1,2.000000,1,300.000000\n")
                .rehash();
        assertThat(session.check().audit()).noneMatch(finding -> finding.id().equals("ptd-reply-contradicts"));

        session.edit(LOG, text -> text + end + "Watts,240.000000,240.000000,240.000000,1,0,1\n")
                .rehash();
        assertThat(session.check().audit()).anyMatch(finding -> finding.id().equals("ptd-reply-contradicts"));
    }

    /** Python's repr puts double quotes around a text with an apostrophe, and so do both our logs. */
    @Test
    void aMessageWithAnApostropheIsNoContradictionUntilItDiffers() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        String note = "wattline-note,clock,director's clock 0.225 ms ahead (uncertainty 0.824 ms)";
        for (String summary : List.of(CLIENT, SERVER)) {
            session.edit(
                    summary,
                    text -> text.replaceFirst(
                            "(start,testing\"[^}]*})",
                            "$1,\n{\"cmd\": \"" + note
                                    + "\", \"cmd_time\": 1753714830.0, \"reply\": \"OK\", \"reply_time\": 1753714830.1}"));
        }
        for (String log : List.of("power/client.log", "power/server.log")) {
            session.edit(
                    log, text -> text.replaceFirst("(.*: |.*client )'(.*start,testing)'\n", "$0$1\"" + note + "\"\n"));
            assertThat(session.read(log)).contains("\"" + note + "\"");
        }
        assertThat(session.rehash().check().audit())
                .noneMatch(finding -> finding.id().equals("summary-contradicts-log"));

        session.replace("power/client.log", "0.225 ms ahead", "0.525 ms ahead");
        assertThat(find(session.rehash().check(), "summary-contradicts-log").values())
                .containsEntry("summary", note);
    }

    @Test
    void aWindowThatEndsBeforeItBeginsIsCalledThat() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit(
                DETAIL,
                text -> text.replace(stamp(240), "@")
                        .replace(stamp(300), stamp(240))
                        .replace("@", stamp(300)));
        assertThat(find(session.rehash().check(), "window-empty").message()).contains("ends before it begins");
        assertThat(session.check().audit()).noneMatch(finding -> finding.id().equals("window-short"));
    }

    @Test
    void aMockIsOneFindingWhereverItShows() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        edit(SERVER, "1.11.1-69286632-20240907", "1.11.1-mock-20261122").accept(session);
        edit(LOG, "1.11.1-69286632", "1.11.1-mock").accept(session);
        assertThat(session.rehash().check().audit())
                .filteredOn(finding -> finding.id().equals("data-mock"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values()).containsKey("identity"));
        edit(SERVER, "1.11.1-mock-20261122", "1.11.1-69286632-20240907").accept(session);
        assertThat(session.rehash().check().audit())
                .filteredOn(finding -> finding.id().equals("data-mock"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.file()).isEqualTo(LOG));
    }

    @Test
    void aSummaryThatDoesNotLoadLeavesTheRulesOnLogs() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        watts(260.3, "-603.000000").accept(session);
        session.write(SERVER, "{");
        SessionReport report = session.check();
        assertThat(report.overall()).isEqualTo(Verdict.CRASH);
        assertThat(report.audit()).extracting(Finding::id).contains("sample-out-of-range", "audit-incomplete");
        PowerMetric metric = Objects.requireNonNull(report.metric());
        assertThat(metric.value()).isEqualTo(250);
        assertThat(metric.clean()).isFalse();
    }

    /** So that a rule that did not run is told by what it would have found. */
    @Test
    void everyFindingOfARuleIsExplained() {
        assertThat(Audit.ids())
                .allSatisfy(id -> assertThat(FindingCatalog.find(id)).as(id).isPresent());
        assertThat(Audit.ids())
                .containsAll(cases().map(Case::id)
                        .filter(id -> !id.startsWith("audit-"))
                        .toList());
    }

    /** A row that was merged from the analyzer's own and another one's. */
    private static String merged(String row, String other) {
        String own = row.stripTrailing();
        return own + ",Analyzer1," + own + ",Analyzer2," + other + "\n";
    }

    private static void link(Path session, String name) {
        try {
            Files.createSymbolicLink(session.resolve(name), Path.of("spl.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hourLater(SyntheticSession session, String folder) {
        double base = folder.equals("run_1") ? 200 : 0;
        session.replace(folder + "/mlperf_log_detail.txt", stamp(base + 40), stamp(base + 3640));
        session.replace(folder + "/mlperf_log_detail.txt", stamp(base + 100), stamp(base + 3700));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void finds(Case one) {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        one.change().accept(session);
        SessionReport report = session.rehash().check();
        assertThat(report.audit()).extracting(Finding::id).contains(one.id());
        assertThat(report.overall().bad()).as(report.checks().toString()).isEqualTo(!one.officialPasses());
        assertThat(FindingCatalog.find(one.id())).isPresent();
    }

    /** What is just inside the limits of the rules on ranges is not worth a word. */
    @Test
    void loadsThatFitTheirRangesAreNotTalkedOf() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit(SPL, text -> text.replace("Amps,1.1", "Amps,1.89").replace("Watts,250.0", "Watts,243.0"));
        // As high as it gets, but in the first nine tenths; what comes last is no more than 1 % above.
        session.replace("ranging/spl.txt", stamp(90.3) + ",Watts,250.0", stamp(90.3) + ",Watts,256.0");
        session.replace("ranging/spl.txt", stamp(97.3) + ",Watts,250.0", stamp(97.3) + ",Watts,258.0");

        assertThat(session.rehash().check().audit())
                .extracting(Finding::id)
                .doesNotContain("range-tight", "testing-below-ranging", "ranging-rising", "phases-power");
    }

    @Test
    void theEffectOfDroppedSamplesIsMeasured() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        // Six of the sixty samples in the window are peaks of 600 W outside the range.
        for (double at = 250.3; at < 256; at++) {
            watts(at, "-603.000000").accept(session);
        }
        Finding finding = find(session.rehash().check(), "sample-out-of-range");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.values())
                .containsEntry("number", "6")
                .containsEntry("mean of the samples above zero in W", "250.000000")
                .containsEntry("mean with the decoded ones in W", "285.000000")
                .containsEntry("effect on the metric", "-12.2807 %");
        assertThat(finding.file()).isEqualTo(SPL);
        assertThat(session.read(SPL).lines().toList().get((int) finding.line() - 1))
                .contains("-603");
    }

    @Test
    void rowsMergedOutOfTimeAreFoundWithTheirEffect() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit(SPL, text -> {
            StringBuilder merged = new StringBuilder();
            int i = 0;
            for (String line : text.lines().filter(one -> !one.isEmpty()).toList()) {
                // The second analyzer lags 20 s behind, and its load ends 20 rows earlier.
                String other = "Time," + stamp(225.3 + i - 20) + ",Watts," + (i < 60 ? "100" : "50")
                        + ".000000,Volts,230.000000,Amps,1.100000,PF,0.988000,Mark," + NAME + "_testing";
                double sum = 250 + (i < 60 ? 100 : 50);
                merged.append("Time,")
                        .append(stamp(225.3 + i))
                        .append(",Watts,")
                        .append(sum)
                        .append("00000");
                merged.append(",Volts,-1.000000,Amps,-1.000000,PF,-1.000000,Mark,")
                        .append(NAME)
                        .append("_testing,Analyzer1,");
                merged.append(line).append(",Analyzer2,").append(other).append('\n');
                i++;
            }
            return merged.toString();
        });
        Finding finding = find(session.rehash().check(), "merge-skew");
        assertThat(finding.message()).contains("20.000 s apart");
        assertThat(finding.values().get("effect on the metric")).isNotEqualTo("unknown");
    }

    @Test
    void timeThatRunsBackwardsIsAnErrorWhereverItDoes() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit(SPL, text -> text + text);
        assertThat(find(session.rehash().check(), "sample-order").message()).contains("older than the one before");
        assertThat(find(session.check(), "rows-added").values()).containsKey("effect on the metric");
    }

    @Test
    void theAuditDoesNotTouchTheVerdict() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        rows(240.3, 299.3, "").accept(session);
        SessionReport report = session.rehash().check();
        assertThat(report.audit().get(0).severity()).isEqualTo(Severity.ERROR);
        assertThat(report.checks().stream().filter(check -> check.name().equals("Check results checksum")))
                .allMatch(check -> check.verdict() == Verdict.PASS);
    }

    private static Finding find(SessionReport report, String id) {
        List<Finding> found = report.audit().stream()
                .filter(finding -> finding.id().equals(id) && finding.severity() == Severity.ERROR)
                .toList();
        assertThat(found).as(report.audit().toString()).isNotEmpty();
        return found.get(0);
    }
}
