package dev.wattline.lab.server;

import static dev.wattline.lab.server.LabRig.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.LabProtocol.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and values are looked at while a machine's agent is away. */
class KnownSutsTest {
    private static final LabMessage HELLO = LabMessage.request("hello")
            .with("sut", "h200")
            .with(
                    "workloads",
                    List.of(
                            LabMessage.empty()
                                    .with("name", "bert")
                                    .with(
                                            "params",
                                            List.of(
                                                    value("gpus")
                                                            .with("values", List.of("1", "8"))
                                                            .with("default", "8"),
                                                    value("batch")
                                                            .with("least", 1)
                                                            .with("greatest", 4096),
                                                    value("cards").with("default", "0"))),
                            LabMessage.empty().with("name", "accuracy").with("plain-only", true)))
            .with("settings", List.of(value("powercap").with("least", 200).with("greatest", 700)));

    @TempDir
    Path folder;

    private LabRig rig;

    @BeforeEach
    void anAgentWasHere() throws IOException {
        rig = new LabRig(folder, "view: none");
        try (LabConnection agent = rig.connect(Role.AGENT)) {
            ask(agent, HELLO);
        }
        rig.close();
        rig = new LabRig(folder, "view: none"); // which knows it from the disk
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static LabMessage value(String name) {
        return LabMessage.empty().with("name", name).with("allowed", "what is right for " + name);
    }

    private static LabMessage order(String what, String workload) {
        return LabMessage.request(what)
                .with("sut", "h200")
                .with("workload", workload)
                .with("kind", "official")
                .with("params", Map.of("batch", "128"));
    }

    private RequestRejectedException refused(LabMessage request) {
        try (LabConnection console = rig.console()) {
            return Objects.requireNonNull(
                    catchThrowableOfType(RequestRejectedException.class, () -> ask(console, request)));
        }
    }

    @Test
    void whatIsRightIsQueued() {
        try (LabConnection console = rig.console()) {
            LabMessage answer = ask(console, order("start", "bert").with("settings", Map.of("powercap", "500")));
            assertThat(answer.text("job")).isEqualTo("j-1");
            assertThat(answer.text("remark")).contains("h200 is away", "checked");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    batch=128 gpus=4 |              | parameter gpus: expected what is right for gpus, got '4'
                    batch=0          |              | parameter batch: expected what is right for batch, got '0'
                    batch=+1         |              | parameter batch: expected what is right for batch, got '+1'
                    batch=1 gpu=8    |              | workload bert has no parameter 'gpu'; did you mean 'gpus'?; there is batch, cards, gpus
                    gpus=8           |              | parameter batch must be given: what is right for batch
                    batch=1          | powercap=900 | setting powercap: expected what is right for powercap, got '900'
                    batch=1          | powercp=500  | h200 has no setting 'powercp'; did you mean 'powercap'?; there is powercap
                    """)
    void whatIsWrongIsRefusedWithTheNearestName(String params, String settings, String message) {
        RequestRejectedException refused =
                refused(order("start", "bert").with("params", map(params)).with("settings", map(settings)));

        assertThat(refused).hasMessage(message);
        assertThat(refused.reply()).isEqualTo(LabProtocol.WRONG);
        assertThat(refused.remedy()).hasValue("'wattline workloads --sut h200' lists what there is.");
    }

    private static Map<String, String> map(String words) {
        Map<String, String> map = new java.util.TreeMap<>();
        for (String word : words == null ? new String[0] : words.split(" ")) {
            map.put(word.split("=")[0], word.split("=")[1]);
        }
        return map;
    }

    @Test
    void workloadsAndMachinesAreCheckedByName() {
        assertThat(refused(order("start", "brt")))
                .hasMessage("h200 has no workload 'brt'; did you mean 'bert'?; there is accuracy, bert");
        assertThat(refused(order("check", "brt")).reply()).isEqualTo(LabProtocol.WRONG);
        assertThat(refused(order("check", "bert")).reply()).isEqualTo("not-ready");
        assertThat(refused(order("start", "bert").with("sut", "h20")))
                .hasMessage("there is no machine 'h20'; did you mean 'h200'?; there is away, h200, other, rig");
        assertThat(refused(LabMessage.request("workloads").with("sut", "h100")).reply())
                .isEqualTo(LabProtocol.WRONG);
        assertThat(refused(LabMessage.request("logs").with("job", "j-7")).reply())
                .isEqualTo(LabProtocol.WRONG);
    }

    @Test
    void aWorkloadWithoutLoadgenLogsIsForPlainJobs() {
        LabMessage order = order("start", "accuracy").with("params", Map.of());
        assertThat(refused(order)).hasMessageContaining("--kind plain only");
        try (LabConnection console = rig.console()) {
            assertThat(ask(console, order.with("kind", "plain")).text("job")).isEqualTo("j-1");
        }
    }

    @Test
    void aMachineThatIsAwayIsListedWithItsWorkloads() {
        try (LabConnection console = rig.console()) {
            LabMessage told = ask(console, LabMessage.request("workloads").with("sut", "h200"));
            assertThat(told.text("away")).isEqualTo("h200 is away");
            assertThat(told.objects("workloads")).hasSize(2);
            LabMessage sut =
                    ask(console, LabMessage.request("suts")).objects("suts").get(1);
            assertThat(sut.text("sut")).isEqualTo("h200");
            assertThat(sut.text("state")).isEqualTo("away");
            assertThat(sut.list("workloads")).containsExactly("accuracy", "bert");
        }
    }

    @Test
    void aHelloThatIsNoneIsRefusedAndSpoilsNothing() {
        try (LabConnection agent = rig.connect(Role.AGENT);
                LabConnection console = rig.console()) {
            LabMessage hello =
                    HELLO.with("workloads", List.of(LabMessage.empty().with("name", 7)));
            assertThatThrownBy(() -> ask(agent, hello)).isInstanceOf(RequestRejectedException.class);
            assertThat(ask(console, LabMessage.request("suts")).objects("suts")).hasSize(4);
        }
    }

    @Test
    void aFileThatIsNoneIsPassedOver() throws IOException {
        Files.writeString(folder.resolve("results/lab/suts/h200.json"), "{");
        rig.close();
        rig = new LabRig(folder, "view: none");

        assertThat(refused(order("start", "bert"))).hasMessageContaining("there is no machine 'h200'");
        try (LabConnection agent = rig.connect(Role.AGENT)) {
            ask(agent, HELLO);
            await().untilAsserted(() -> assertThat(Files.readString(folder.resolve("results/lab/suts/h200.json")))
                    .contains("powercap"));
        }
    }
}
