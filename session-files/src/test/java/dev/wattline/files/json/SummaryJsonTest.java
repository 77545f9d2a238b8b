package dev.wattline.files.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.AnalyzerConfig;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.model.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryJsonTest {
    @TempDir
    Path folder;

    private static final SessionSummary SUMMARY = new SessionSummary(
            28800,
            new TreeMap<>(Map.of("dev.wattline.sut", "wattline.jar")),
            new TreeMap<>(Map.of("wattline.jar", "da39a3ee5e6b4b0d3255bfef95601890afd80709")),
            List.of(
                    new Message("mlcommons/power client v3", 1628745863.7754335, "mlcommons/power server v3", 1.5e9),
                    new Message(null, 1, null, 2)),
            "462939ba-e884-4bab-9af1-4785d1ce9a5f",
            "35a66fa0-fdbe-4aaa-8643-fd174311e7ab",
            "2021-08-12_05-24-23_ä",
            new TreeMap<>(Map.of("power/client.log", "2e4c")),
            Map.of(Phase.RANGING, List.of(new PhaseMark(1628745871.914687, 9704.913934431))),
            Optional.of(List.of(new PtdMessage("Hello", "Hello, PTDaemon here!"))),
            Optional.of(List.of(
                    new AnalyzerConfig(
                            List.of("ptd", "-p", "8888"), 49, "", Optional.empty(), "/dev/usbtmc0", List.of()),
                    new AnalyzerConfig(List.of("ptd"), 77, "-y", Optional.of("-D"), "1", List.of(1, 2)))),
            true,
            Map.of("version", "0.1.0", "settleSeconds", 0.5));

    @Test
    void writesTheReferencesForm() {
        Path file = folder.resolve("server.json");
        SummaryJson.write(file, SUMMARY);

        assertThat(file).hasContent("""
                {
                    "version": "1.0",
                    "timezone": 28800,
                    "modules": {
                        "dev.wattline.sut": "wattline.jar"
                    },
                    "sources": {
                        "wattline.jar": "da39a3ee5e6b4b0d3255bfef95601890afd80709"
                    },
                    "messages": [
                        {
                            "cmd": "mlcommons/power client v3",
                            "cmd_time": 1628745863.7754335,
                            "reply": "mlcommons/power server v3",
                            "reply_time": 1500000000.0
                        },
                        {
                            "cmd": null,
                            "cmd_time": 1.0,
                            "reply": null,
                            "reply_time": 2.0
                        }
                    ],
                    "uuid": {
                        "client": "462939ba-e884-4bab-9af1-4785d1ce9a5f",
                        "server": "35a66fa0-fdbe-4aaa-8643-fd174311e7ab"
                    },
                    "session_name": "2021-08-12_05-24-23_\\u00e4",
                    "results": {
                        "power/client.log": "2e4c"
                    },
                    "phases": {
                        "ranging": [
                            [
                                1628745871.914687,
                                9704.913934431
                            ]
                        ],
                        "testing": []
                    },
                    "ptd_messages": [
                        {
                            "cmd": "Hello",
                            "reply": "Hello, PTDaemon here!"
                        }
                    ],
                    "ptd_config": [
                        {
                            "command": [
                                "ptd",
                                "-p",
                                "8888"
                            ],
                            "device_type": 49,
                            "interface_flag": "",
                            "dc_flag": null,
                            "device_port": "/dev/usbtmc0",
                            "channel": null
                        },
                        {
                            "command": [
                                "ptd"
                            ],
                            "device_type": 77,
                            "interface_flag": "-y",
                            "dc_flag": "-D",
                            "device_port": "1",
                            "channel": [
                                1,
                                2
                            ]
                        }
                    ],
                    "debug": true,
                    "wattline": {
                        "settleSeconds": 0.5,
                        "version": "0.1.0"
                    }
                }""");
    }

    @Test
    void readsBackWhatItWrote() {
        Path file = folder.resolve("server.json");
        SummaryJson.write(file, SUMMARY);

        SessionSummary read = SummaryJson.read(file);
        assertThat(read.messages()).isEqualTo(SUMMARY.messages());
        assertThat(read.marks(Phase.RANGING)).isEqualTo(SUMMARY.marks(Phase.RANGING));
        assertThat(read.analyzers()).isEqualTo(SUMMARY.analyzers());
        assertThat(read.ptdMessages()).isEqualTo(SUMMARY.ptdMessages());
        assertThat(read.wattline()).isEqualTo(SUMMARY.wattline());
        assertThat(read.sessionName()).isEqualTo(SUMMARY.sessionName());
        assertThat(read.debug()).isTrue();
    }

    @Test
    void readsTheOneAnalyzerOfOldRoundsAndTheNullOfNewClients() throws Exception {
        Path old = Files.writeString(
                folder.resolve("old.json"),
                "{\"messages\": [], \"ptd_config\": {\"device_type\": 8, \"command\": [\"ptd\"], \"channel\": null}}");
        Path client = Files.writeString(folder.resolve("new.json"), "{\"messages\": [], \"ptd_config\": [null]}");

        assertThat(SummaryJson.read(old).analyzers().orElseThrow())
                .extracting(AnalyzerConfig::deviceType)
                .containsExactly(8);
        assertThat(SummaryJson.read(client).analyzers().orElseThrow()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"a\": 1}", "\u0000"})
    void namesAFileThatIsNoSummary(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("client.json"), content);

        assertThatThrownBy(() -> SummaryJson.read(file))
                .isInstanceOf(SessionFilesException.class)
                .hasMessageContaining("client.json");
    }
}
