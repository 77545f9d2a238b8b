package dev.wattline.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.Phase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SessionFileTest {
    @Test
    void hasTheFilesOfTheReferenceInItsOrder() {
        assertThat(SessionFile.values())
                .extracting(SessionFile::place)
                .containsExactly(
                        "power/client.json",
                        "power/client.log",
                        "power/ptd_logs.txt",
                        "power/server.json",
                        "power/server.log",
                        "ranging/mlperf_log_detail.txt",
                        "ranging/mlperf_log_summary.txt",
                        "ranging/spl.txt",
                        "run_1/mlperf_log_detail.txt",
                        "run_1/mlperf_log_summary.txt",
                        "run_1/spl.txt");
    }

    @Test
    void liesWhereTheSessionsFolderSays() {
        Path root = Path.of("session");
        SessionFolder session = new SessionFolder(root);

        assertThat(SessionFile.SERVER_LOG.of(root)).isEqualTo(session.serverLog());
        for (Phase phase : Phase.values()) {
            assertThat(SessionFile.spl(phase).of(root)).isEqualTo(session.spl(phase));
            assertThat(SessionFile.detail(phase).of(root)).isEqualTo(session.loadgenDetail(phase));
        }
        assertThat(SessionFile.in(SessionFile.POWER))
                .extracting(SessionFile::fileName)
                .containsExactlyElementsOf(SessionFolder.POWER_FILES);
    }
}
