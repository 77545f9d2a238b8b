package dev.wattline.director.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.ManualTimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
    private static final String ROW =
            "Time,07-23-2024 13:28:10.096,Watts,167.300000,Volts,118.600000,Amps,1.623000,PF,0.869000";

    @TempDir
    private Path folder;

    @Test
    void joinsAllThatEachPtdaemonPrinted() throws IOException {
        Path first =
                Files.write(folder.resolve("1"), "a\r\nb\rc\nd\r\r\nbad \u00ff".getBytes(StandardCharsets.ISO_8859_1));
        Path never = folder.resolve("2");
        Path third = Files.writeString(folder.resolve("3"), "e\n");

        PtdOutput.join(List.of(first, never, third), folder.resolve("ptd_logs.txt"));

        assertThat(Files.readString(folder.resolve("ptd_logs.txt")))
                .isEqualTo("Analyzer 1\na\nb\nc\nd\n\nbad \ufffdAnalyzer 2\nAnalyzer 3\ne\n");
    }

    @Test
    void labelsRowsAndEndsWithAnEmptyLine() throws IOException {
        SplWriter.writeLabelled(List.of(ROW), "s_testing", folder.resolve("rows"));
        SplWriter.write(List.of(folder.resolve("rows")), folder.resolve("run_1/spl.txt"));

        assertThat(Files.readString(folder.resolve("run_1/spl.txt"))).isEqualTo(ROW + ",Mark,s_testing\n\n");
    }

    @Test
    void takesTheCompleteRowsOfOneMarkFromPtdaemonsLog() throws IOException {
        Path log = Files.writeString(
                folder.resolve("ptd.log"),
                ROW + ",Mark,s_ranging\r\n" + ROW + ",Mark,s_testing\r\nTime,07-23-2024 13:28:10.096,ERROR,x\r\n" + ROW
                        + ",Mark,s_testing2\r\n" + ROW.replace("PF,0.869000", "PF,0.8"));

        int rows = DataLog.extract(log, "s_testing", folder.resolve("rows"));

        assertThat(rows).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("rows"))).isEqualTo(ROW + ",Mark,s_testing\n\n");
        assertThat(DataLog.extract(folder.resolve("none"), "s_testing", folder.resolve("rows")))
                .isZero();
    }

    @Test
    void logsInTheReferencesFormatFromBeforeTheFileToItsEnd() throws IOException {
        ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-22T04:48:34.501Z"));
        ServerLog log = new ServerLog(time, ZoneOffset.UTC);
        log.command("stop");
        log.writeTo(folder.resolve("server.log"));
        log.reply("OK");
        log.warning("w");
        log.close();
        log.info("too late");

        assertThat(Files.readString(folder.resolve("server.log"))).isEqualTo("""
                ptd-server 2026-11-22 04:48:34,501 [INFO] Got command from the client 'stop'
                ptd-server 2026-11-22 04:48:34,501 [INFO] Sending reply to client 'OK'
                ptd-server 2026-11-22 04:48:34,501 [WARNING] w
                """);
    }
}
