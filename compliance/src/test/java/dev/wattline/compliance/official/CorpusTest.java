package dev.wattline.compliance.official;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.RecordedSessions;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The recorded verdicts and texts of the official checker on real, modernised and tampered sessions. */
class CorpusTest {

    @Test
    void everyVerdictAndTextIsTheOfficialOne() {
        List<Path> sessions = RecordedSessions.all();
        SoftAssertions softly = new SoftAssertions();
        for (Path session : sessions) {
            compare(softly, session);
        }
        assertThat(sessions).isNotEmpty();
        softly.assertAll();
    }

    private static void compare(SoftAssertions softly, Path session) {
        Map<String, Object> expected = RecordedSessions.expected(session);
        List<CheckResult> results = run(session);
        String name = RecordedSessions.name(session);
        softly.assertThat(OfficialChecker.overall(results).word()).as(name).isEqualTo(expected.get("overall"));
        Map<String, Object> checks = PyValues.object(PyValues.item(expected, "checks"));
        softly.assertThat(results.stream().map(CheckResult::name).toList())
                .as(name)
                .isEqualTo(new ArrayList<>(checks.keySet()));
        for (CheckResult result : results) {
            Map<String, Object> check = PyValues.object(PyValues.item(checks, result.name()));
            String where = name + ": " + result.name();
            softly.assertThat(result.verdict().word()).as(where).isEqualTo(check.get("verdict"));
            softly.assertThat(result.unexpected()).as(where).isEqualTo(check.containsKey("exception"));
            if (!result.unexpected()) {
                String text = result.message().replace(session.toString(), "<S>");
                softly.assertThat(asSets(text)).as(where).isEqualTo(asSets(String.valueOf(check.get("message"))));
            }
        }
    }

    private static List<CheckResult> run(Path session) {
        SessionView view = SessionView.of(session, session.toString());
        try {
            return OfficialChecker.run(
                    view, Summary.load(view, Summary.CLIENT), Summary.load(view, Summary.SERVER), Rounds.latest());
        } catch (PyError e) {
            return List.of(OfficialChecker.notLoaded(e));
        }
    }

    /** The official checker joins some names from a set, in an order that changes from run to run. */
    private static Object asSets(String message) {
        return message.contains("absent files") ? new TreeSet<>(List.of(message.split("[ ',]+"))) : message;
    }
}
