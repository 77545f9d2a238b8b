package dev.wattline.compliance.official;

import static dev.wattline.compliance.official.CheckCase.CLIENT;
import static dev.wattline.compliance.official.CheckCase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.SyntheticSession.SyntheticCheck;
import dev.wattline.compliance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a session and their hashes. */
class ResultsCheckTest {
    @TempDir
    Path temp;

    private SyntheticSession session() {
        return SyntheticSession.create(temp.resolve("session"));
    }

    @Test
    void aChangedFileIsNamedWithBothHashes() {
        SyntheticSession session = session();
        session.edit("run_1/spl.txt", text -> text.replace("\n", "\r\n"));
        CheckResult result = session.check(SyntheticCheck.RESULTS);
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        String folder = session.folder().toString();
        assertThat(result.message())
                .startsWith(folder + "/power/server.json + " + folder + "/power/client.json results checksum values and"
                        + " calculated " + folder + " content checksum comparison:\nExpected ")
                .endsWith(" for run_1/spl.txt\n");
    }

    @Test
    void aFileThatIsGoneIsMissing() {
        SyntheticSession session = session().delete("ranging/mlperf_log_summary.txt");
        assertThat(session.check(SyntheticCheck.RESULTS).message())
                .endsWith(":\n Missing 'ranging/mlperf_log_summary.txt'");
        session.rehash();
        assertThat(session.check(SyntheticCheck.RESULTS).message())
                .startsWith("There are absent files 'ranging/mlperf_log_summary.txt' in the results of ");
    }

    @Test
    void aLinkOutOfTheSessionIsRefused() throws IOException {
        SyntheticSession session = session();
        Path outside = Files.writeString(temp.resolve("outside"), session.read("run_1/spl.txt"));
        session.delete("run_1/spl.txt");
        Files.createSymbolicLink(session.folder().resolve("run_1/spl.txt"), outside);
        assertThat(session.check(SyntheticCheck.RESULTS).findings().get(0).id()).isEqualTo("file-refused");
        assertThat(session.check(SyntheticCheck.TIME).findings().get(0).id()).isEqualTo("file-refused");
    }

    @Test
    void hashesOfTheTwoSidesThatDifferAreNamedBeforeTheFileIsLookedAt() {
        SyntheticSession session = session();
        session.edit(CLIENT, text -> text.replaceFirst("(\"run_1/mlperf_log_detail.txt\": \")[0-9a-f]{40}", "$1abc"));
        session.edit(
                SERVER,
                text -> text.replaceFirst(
                        "\"results\": \\{", "\"results\": {\"run_1/mlperf_log_detail.txt\": \"def\","));
        CheckResult result = session.check(SyntheticCheck.RESULTS);
        assertThat(result.findings().get(0).id()).isEqualTo("hashes-contradict");
        assertThat(result.message()).endsWith("Expected def, but got abc for run_1/mlperf_log_detail.txt\n");
    }

    @Test
    void aFileThatWasNotHashedIsExtra() {
        SyntheticSession session = session();
        session.edit(CLIENT, text -> text.replaceAll("\"ranging/mlperf_log_summary.txt\": \"[0-9a-f]{40}\",?", ""));
        CheckResult result = session.check(SyntheticCheck.RESULTS);
        assertThat(result.findings().get(0).id()).isEqualTo("file-not-hashed");
        assertThat(result.message()).endsWith(":\n Extra 'ranging/mlperf_log_summary.txt'");
    }

    @Test
    void aFolderInTheFilesPlaceIsNoFile() throws IOException {
        SyntheticSession session = session().delete("run_1/spl.txt");
        Files.createDirectory(session.folder().resolve("run_1/spl.txt"));
        assertThat(session.check(SyntheticCheck.TIME).findings().get(0).id()).isEqualTo("file-kind");
    }
}
