package dev.wattline.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.agent.job.AgentJournal.Kind;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJournalTest {
    private static final int LIMIT = 64 * 1024;

    @TempDir
    Path folder;

    @Test
    void aYearOfJobsDoesNotMakeALongJournal() throws IOException {
        for (int batch = 0; batch < 40; batch++) {
            try (AgentJournal journal = open()) {
                for (int job = 0; job < 20; job++) {
                    job(journal, batch + "-" + job, "cap", "500", "700", "x".repeat(200));
                }
            }
        }
        try (AgentJournal journal = open()) {
            assertThat(journal.state()).isEqualTo(AgentState.READY);
        }
        assertThat(Files.size(journalFile())).isLessThan(LIMIT);
        assertThat(folder.resolve("agent.journal.old")).isNotEmptyFile();
    }

    @Test
    void aLongJournalIsKeptWhileASettingIsNotRestored() throws IOException {
        String before = "y".repeat(2 * LIMIT);
        try (AgentJournal journal = open()) {
            journal.add(Kind.JOB, "j1", "bert");
            journal.add(Kind.SETTING, "cap", before, "500");
        }
        for (int start = 0; start < 2; start++) {
            try (AgentJournal journal = open()) {
                assertThat(journal.state()).isEqualTo(AgentState.PREPARING);
                assertThat(journal.changed()).containsEntry("cap", new AgentJournal.Change(before, "500"));
            }
        }
    }

    private static void job(
            AgentJournal journal, String id, String setting, String wanted, String before, String more) {
        journal.add(Kind.JOB, id, "bert");
        journal.add(Kind.SETTING, setting, before, wanted);
        journal.add(Kind.HANDED_OVER, id, "1", more);
        journal.add(Kind.ENDED, id, "0");
        journal.add(Kind.RESTORED, setting);
        journal.add(Kind.READY);
    }

    private AgentJournal open() {
        return AgentJournal.open(folder, TimeSource.system());
    }

    private Path journalFile() {
        return folder.resolve("agent.journal");
    }
}
