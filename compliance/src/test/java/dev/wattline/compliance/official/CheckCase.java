package dev.wattline.compliance.official;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.SyntheticSession.SyntheticCheck;
import dev.wattline.compliance.Verdict;
import dev.wattline.model.finding.FindingCatalog;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a check says of a session that differs from a good one in one thing.
 *
 * @param what the one thing
 * @param id the rule of the only finding
 * @param text the official checker's text, with {@code %s} for the session's folder; empty where that program ends in an
 *     exception, so that the words are ours
 */
record CheckCase(
        String what, SyntheticCheck check, Verdict verdict, String id, String text, Consumer<SyntheticSession> change) {
    static final String SERVER = "power/server.json";
    static final String CLIENT = "power/client.json";
    static final String LOG = "power/ptd_logs.txt";

    static CheckCase fail(
            String what, SyntheticCheck check, String id, String text, Consumer<SyntheticSession> change) {
        return new CheckCase(what, check, Verdict.FAIL, id, text, change);
    }

    static CheckCase warn(
            String what, SyntheticCheck check, String id, String text, Consumer<SyntheticSession> change) {
        return new CheckCase(what, check, Verdict.WARN, id, text, change);
    }

    /** Where the official checker ends in an exception. */
    static CheckCase crash(String what, SyntheticCheck check, String id, Consumer<SyntheticSession> change) {
        return new CheckCase(what, check, Verdict.FAIL, id, "", change);
    }

    static Consumer<SyntheticSession> replace(String file, String text, String by) {
        return session -> session.replace(file, text, by);
    }

    /** Changes a good session, with its hashes made again, and compares. */
    void verify(Path folder) {
        SyntheticSession session = SyntheticSession.create(folder);
        change.accept(session);
        verify(session.rehash());
    }

    /** Compares what the check says of a session that is changed already. */
    void verify(SyntheticSession session) {
        CheckResult result = session.check(check);
        assertThat(result.verdict()).as(result.message()).isEqualTo(verdict);
        assertThat(result.unexpected()).isEqualTo(text.isEmpty());
        if (!text.isEmpty()) {
            assertThat(result.message())
                    .isEqualTo(text.replace("%s", session.folder().toString()));
        }
        assertThat(result.findings()).hasSize(1);
        assertThat(result.findings().get(0).id()).isEqualTo(id);
        assertThat(result.findings().get(0).file()).isNotNull();
        assertThat(FindingCatalog.find(id)).isPresent();
    }

    @Override
    public String toString() {
        return what;
    }
}
