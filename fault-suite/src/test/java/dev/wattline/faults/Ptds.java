package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.json.SummaryJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mock PTDaemons of a bench: their ports and processes, and what they left behind in the director's sessions. */
final class Ptds {
    private static final Duration OFTEN = Duration.ofMillis(20);

    private Ptds() {}

    /** The port of an analyzer's PTDaemon, counted from 1. */
    static int port(Lab lab, int analyzer) {
        Matcher ports = Pattern.compile("networkPort: (\\d+)").matcher(Lab.read(lab.file("director.conf")));
        for (int i = 1; ports.find(); i++) {
            if (i == analyzer) {
                return Integer.parseInt(ports.group(1));
            }
        }
        throw new IllegalArgumentException("no analyzer " + analyzer);
    }

    /** The process of an analyzer's PTDaemon, once it is there. */
    static Marked.Found process(Lab lab, int analyzer) {
        String port = " -p " + port(lab, analyzer) + " ";
        return await().atMost(Lab.PATIENCE)
                .pollInterval(OFTEN)
                .until(
                        () -> lab.processes("director").stream()
                                .filter(found -> found.command().contains(" mock-ptd ")
                                        && found.command().contains(port)
                                        && found.command().contains("java"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until an analyzer has logged so many samples of a phase. */
    static void awaitSamples(Lab lab, String label, int analyzer, String phase, int count) {
        await().atMost(Lab.PATIENCE).pollInterval(OFTEN).until(() -> samples(lab, label, analyzer, phase) >= count);
    }

    private static long samples(Lab lab, String label, int analyzer, String phase) {
        Path log = lab.directorsSession(label).resolve("analyzers/ptd_logfile_" + analyzer + ".log");
        return Files.exists(log)
                ? Lab.read(log)
                        .lines()
                        .filter(row -> row.contains(",Mark,") && row.contains("_" + phase))
                        .count()
                : 0;
    }

    /** The rows of the testing phase that the director saved. */
    static List<String> savedRows(Path session) {
        return Lab.read(session.resolve("run_1/spl.txt"))
                .lines()
                .filter(row -> row.startsWith("Time,"))
                .toList();
    }

    /** The words of the findings in the director's summary. */
    static String findings(Path session) {
        return String.valueOf(SummaryJson.read(session.resolve("power/server.json"))
                .wattline()
                .get("findings"));
    }

    /** The ranges were set through a PTDaemon started for that alone, which said afterwards that they are. */
    static void wereRestoredThroughAnother(Path session, int analyzer) {
        assertThat(Lab.read(session.resolve("analyzers/restore_ptd_output_" + analyzer + ".txt")))
                .containsSubsequence("Range V changed", "Range A changed", "Ranges,0,5.000000,0,300.000000");
        assertThat(findings(session)).contains("restarted-ptd");
    }
}
