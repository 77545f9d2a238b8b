package dev.wattline.compliance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverallVerdictTest {
    @TempDir
    Path temp;

    private SyntheticSession session;

    @BeforeEach
    void session() {
        session = SyntheticSession.create(temp.resolve("session"));
    }

    private OverallVerdict.Level level() {
        return session.check().together().level();
    }

    @Test
    void aSessionWithoutAFindingPasses() {
        assertThat(session.check().together())
                .isEqualTo(new OverallVerdict(OverallVerdict.Level.PASS, "all 11 official checks passed"));
    }

    @Test
    void anAuditErrorFailsWhatAllOfficialChecksPass() {
        session.edit(
                        "run_1/spl.txt",
                        text -> text.replaceFirst("15:04:20.300,Watts,250.000000", "15:04:20.300,Watts,-603.000000"))
                .rehash();
        SessionReport report = session.check();
        assertThat(report.overall()).isEqualTo(Verdict.PASS);
        assertThat(report.together().level()).isEqualTo(OverallVerdict.Level.FAIL);
        assertThat(report.together().text()).contains("audit error");
    }

    @Test
    void aRehearsalOnAMockIsMadeDataAndNeitherPassesNorFails() {
        session.edit("power/server.json", text -> text.replace("YOKOGAWA;WT310E;C3XX00000E", "MOCK;WT310E;0"))
                .edit("power/ptd_logs.txt", text -> text.replace("YOKOGAWA;WT310E;C3XX00000E", "MOCK;WT310E;0"))
                .rehash();
        OverallVerdict together = session.check().together();
        assertThat(together.level()).isEqualTo(OverallVerdict.Level.MADE_DATA);
        assertThat(together.level().word()).isEqualTo("made data");
        assertThat(together.text()).contains("made by a mock").doesNotContain("audit error");
        assertThat(session.check().audit()).anyMatch(finding -> finding.id().equals("data-mock"));

        session.edit(
                        "run_1/spl.txt",
                        text -> text.replaceFirst("15:04:20.300,Watts,250.000000", "15:04:20.300,Watts,-603.000000"))
                .rehash();
        assertThat(level()).as("a rehearsal with another error").isEqualTo(OverallVerdict.Level.FAIL);
    }

    @Test
    void sourceHashesAloneMakeItSuspectAndAnyOtherFailureFails() {
        session.edit(
                "power/client.json", text -> text.replaceFirst("\"sources\": \\{", "\"sources\": {\"own\": \"0\", "));
        assertThat(session.check().together())
                .isEqualTo(new OverallVerdict(
                        OverallVerdict.Level.SUSPECT, "10 of 11 official checks passed, only source hashes differ"));
        session.replace("power/client.json", "11111111-", "21111111-");
        assertThat(level()).isEqualTo(OverallVerdict.Level.FAIL);
    }

    @Test
    void summariesThatDoNotLoadFail() {
        session.write("power/client.json", "{");
        assertThat(level()).isEqualTo(OverallVerdict.Level.FAIL);
    }
}
