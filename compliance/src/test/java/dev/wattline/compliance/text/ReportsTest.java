package dev.wattline.compliance.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.json.ReportJson;
import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.FindingCatalog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

class ReportsTest {
    @TempDir
    Path temp;

    private SyntheticSession session() {
        return SyntheticSession.create(temp.resolve("session"));
    }

    /** A session whose files try to break out of every form. */
    private SessionReport hostile() {
        SyntheticSession session = session();
        session.edit(
                "power/client.json",
                text -> text.replace("new,,1111", "\\u001b[31m<script>alert(1)</script>]]>&\\ud800\\u0000"));
        session.edit(
                "run_1/spl.txt",
                text -> text.replace(
                        SyntheticSession.stamp(260.3) + ",Watts,250", SyntheticSession.stamp(260.3) + ",Watts,-603"));
        return session.rehash().check();
    }

    @Test
    void officialTextIsThatOfTheOfficialChecker() {
        SyntheticSession session = session();
        String passed = OfficialText.of(session.check());
        assertThat(passed)
                .startsWith(
                        "INFO:main:[x] Check client sources checksum\nINFO:main:[x] Check server sources checksum\n")
                .endsWith("INFO:main:[x] Check debug is disabled on server-side\nINFO:main:\nAll checks passed\n");
        session.edit(
                "power/server.json",
                text -> text.replace("\"version\": \"1.0\"", "\"version\": \"1.0\", \"debug\": true"));
        session.edit("power/ptd_logs.txt", text -> text + SyntheticSession.stamp(250) + ": ERROR: USB.\n");
        assertThat(OfficialText.of(session.rehash().check()))
                .contains("WARNING:main:[x] Check errors and warnings from PTD logs\nWARNING:main:\t'")
                .contains("server-side\nERROR:main:\tServer was running in debug mode\n\n")
                .endsWith("ERROR:main:\nERROR: Not all checks passed. Warnings encountered, check for audit!\n");
    }

    @Test
    void jsonHasTheFormThatIsPromised() {
        SessionReport report = hostile();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ReportJson json = new ReportJson(bytes)) {
            json.add(report);
            json.add(report);
        }
        List<Object> array = PyValues.iterate(PyJson.parse(bytes.toString(StandardCharsets.UTF_8)));
        assertThat(array).hasSize(2);
        Map<String, Object> session = PyValues.object(array.get(0));
        assertThat(session).containsKeys("session", "round", "overall", "exit_code", "checks", "audit", "metric");
        assertThat(session).containsEntry("overall", "fail").containsEntry("exit_code", 1L);
        List<Object> checks = PyValues.iterate(PyValues.item(session, "checks"));
        assertThat(checks).hasSize(11);
        Map<String, Object> messages = PyValues.object(checks.get(6));
        assertThat(messages)
                .containsKeys("name", "verdict", "message", "findings")
                .containsEntry("verdict", "fail");
        assertThat(messages.get("message")).isEqualTo(report.checks().get(6).message());
        Map<String, Object> finding = PyValues.object(PyValues.item(PyValues.item(messages, "findings"), 0));
        assertThat(finding).containsKeys("id", "severity", "file", "line", "values", "limit", "cause", "remedy");
        Map<String, Object> metric = PyValues.object(PyValues.item(session, "metric"));
        assertThat(metric).containsKeys("value", "unit", "scenario", "avgWatts", "energyJ", "ci95", "samples");
        assertThat(bytes.toString(StandardCharsets.UTF_8).chars()).allMatch(c -> c < 0x80);
    }

    @Test
    void junitXmlIsWellFormedWhateverTheSessionHolds() throws IOException, ParserConfigurationException, SAXException {
        StringWriter text = new StringWriter();
        try (JUnitXml xml = new JUnitXml(text)) {
            xml.add(hostile());
        }
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(11);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    }

    @Test
    void textNamesPlaceValuesCauseAndRemedy() {
        String text = new TextReport(Style.PLAIN).full(hostile());
        assertThat(text)
                .contains("FAIL  Check client server messages", "usual cause: ", "what to do: ", "metric  ")
                .contains("run_1/spl.txt:36: ", "effect on the metric: ")
                .doesNotContain("\u001b", "\u0000");
        assertThat(new TextReport(Style.COLOUR).brief(hostile())).contains("\u001b[1;31mFAIL\u001b[0m");
    }

    @Test
    void everyExplanationIsComplete() {
        assertThat(FindingCatalog.all()).hasSizeGreaterThan(80);
        assertThat(FindingCatalog.all().values()).allSatisfy(explanation -> {
            assertThat(explanation.title()).endsWith(".");
            assertThat(explanation.cause()).endsWith(".");
            assertThat(explanation.remedy()).endsWith(".");
        });
        Explanation explanation = FindingCatalog.explain("sample-gap");
        assertThat(new TextReport(Style.PLAIN).explanation(explanation)).contains("sample-gap", explanation.remedy());
    }
}
