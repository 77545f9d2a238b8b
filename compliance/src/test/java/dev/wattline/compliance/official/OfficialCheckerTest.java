package dev.wattline.compliance.official;

import static dev.wattline.compliance.official.CheckCase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.SyntheticSession.SyntheticCheck;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.SessionReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All checks together. */
class OfficialCheckerTest {
    @TempDir
    Path temp;

    private SyntheticSession session() {
        return SyntheticSession.create(temp.resolve("session"));
    }

    @Test
    void aGoodSessionPassesEverything() {
        SessionReport report = session().check();
        assertThat(report.checks())
                .allSatisfy(check ->
                        assertThat(check.verdict()).as(check.toString()).isEqualTo(Verdict.PASS));
        assertThat(report.checks()).hasSize(11);
        assertThat(report.audit()).isEmpty();
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void findingsPointAtTheLineInTheFile() {
        SyntheticSession session = session().replace(SERVER, "SR,A,2.000000", "SR,A,2.0");
        session.replace(SERVER, "\"device_type\": 49", "\n\"device_type\": 7");
        CheckResult result = session.check(SyntheticCheck.CONFIG);
        long line = result.findings().get(0).line();
        List<String> lines = session.read(SERVER).lines().toList();
        assertThat(lines.get((int) line - 1)).contains("\"device_type\": 7");
    }
}
