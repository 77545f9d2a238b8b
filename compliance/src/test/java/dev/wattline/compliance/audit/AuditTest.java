package dev.wattline.compliance.audit;

import static dev.wattline.compliance.SyntheticSession.NAME;
import static dev.wattline.compliance.SyntheticSession.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.FindingCatalog;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.SessionReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
                        session -> session.edit(
                                "power/server.log",
                                text -> text + "[INFO] Analyzer [1] is running PTDaemon: ['ptd', '-p', '1']\n")),
                passes("clock-step", edit(CLIENT, "1115.000", "1116.000")),
                passes(
                        "clock-skew",
                        session -> session.edit(SERVER, text -> text.replace("1753714825.000", "1753714825.400"))),
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
                passes("data-mock", edit(SERVER, "1.11.1-69286632-20240907", "1.11.1-mock-20261122")),
                passes("files-extra", session -> session.write("run_1/ptd_out.txt", "x")),
                fails("audit-incomplete", session -> session.delete(SPL)));
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
