package dev.wattline.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.job.AgentJournal.Kind;
import dev.wattline.model.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
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

    /** In a process of its own, for the lock is one between processes. */
    private MachineBusyException refusedBeside(String... holding) throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        folder.toString(),
                        String.join("", holding))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = holder.inputReader()) {
            assertThat(told.readLine()).isEqualTo("open");
            MachineBusyException refused =
                    Objects.requireNonNull(catchThrowableOfType(MachineBusyException.class, this::open));
            assertThat(refused).hasMessageContaining("process " + holder.pid());
            return refused;
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    /** Holds the journal of its first argument until it is killed; stays where the second says so. */
    static final class Holder {
        public static void main(String[] args) throws InterruptedException {
            AgentJournal journal = AgentJournal.open(Path.of(args[0]), TimeSource.system());
            if (args.length > 1 && args[1].equals("stays")) {
                journal.stay();
            }
            System.out.println("open");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void whoIsRefusedIsToldByWhomAndWhetherItEnds() throws Exception {
        MachineBusyException passing = refusedBeside();
        assertThat(passing.isEndless()).isFalse();
        assertThat(passing.remedy()).hasValueSatisfying(text -> assertThat(text).startsWith("Wait"));

        MachineBusyException staying = refusedBeside("stays");
        assertThat(staying.isEndless()).isTrue();
        assertThat(staying).hasMessageContaining("wattline agent connect");
        assertThat(staying.remedy()).hasValueSatisfying(text -> assertThat(text).contains("kill "));

        try (AgentJournal journal = open()) { // who was killed has it no more
            assertThat(journal.state()).isEqualTo(AgentState.READY);
        }
    }

    @Test
    void aJournalThatSomebodyChangedIsRefusedByFileAndLine() throws IOException {
        try (AgentJournal journal = open()) {
            job(journal, "1", "cap", "500", "700", "1");
        }
        Files.writeString(journalFile(), Files.readString(journalFile()).replace("\tENDED\t", "\tOVER\t"));

        assertThatThrownBy(this::open)
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("agent.journal, line 4:");

        Files.writeString(journalFile(), Files.readString(journalFile()).replace("\tOVER\t", "\tENDED\t"));
        try (AgentJournal journal = open()) { // what was refused does not keep its lock
            assertThat(journal.state()).isEqualTo(AgentState.READY);
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
