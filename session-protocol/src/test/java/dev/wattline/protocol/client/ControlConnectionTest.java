package dev.wattline.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.StandInDirector;
import dev.wattline.protocol.TransferException;
import dev.wattline.protocol.server.ControlServer;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.ServerOptions;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against our server. */
class ControlConnectionTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private StandInDirector director;
    private ControlServer server;
    private ControlConnection connection;

    @BeforeEach
    void connect() {
        director = new StandInDirector(folder);
        server = ControlServer.start(ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0))), director);
        connection = ControlConnection.open(server.addresses().get(0), ClientOptions.defaults());
    }

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    @Test
    void tellsASessionFromTopToBottom() {
        assertThat(connection.compareClocks().peer()).isEqualTo(1795322914.526807);
        ControlReply.Opened session =
                connection.newSession("rig", UUID.fromString("8c14f61d-1776-4b23-b328-083fba3d64a8"));
        String id = session.id().value();
        connection.start(id, Phase.RANGING, Optional.empty());
        connection.stop(id, Phase.RANGING);
        connection.start(id, Phase.TESTING, Optional.of(new ControlRequest.ManualRange("300.0", "5.0")));
        connection.stop(id, Phase.TESTING);
        connection.require(new ControlRequest.Done(id));
        connection.require(new ControlRequest.Cleanup(id));

        assertThat(director.asked)
                .containsExactly(
                        "time",
                        "new,rig,8c14f61d-1776-4b23-b328-083fba3d64a8",
                        "session," + id + ",start,ranging",
                        "session," + id + ",stop,ranging",
                        "session," + id + ",start,testing,300.0,5.0",
                        "session," + id + ",stop,testing",
                        "session," + id + ",done",
                        "cleanup," + id);
    }

    @Test
    void bothSidesRecordTheSameExchanges() throws Exception {
        connection.compareClocks();
        connection.exchange(new ControlRequest.Unknown("nonsense", Replies.ERROR));

        List<ExchangedMessage> ours = connection.messages();
        List<ExchangedMessage> theirs =
                TestDeadlines.next(director.connected, 5).messages();
        assertThat(ours)
                .extracting(ExchangedMessage::cmd, ExchangedMessage::reply)
                .containsExactly(
                        tuple("mlcommons/power client v3", "mlcommons/power server v3"),
                        tuple("time", "1795322914.526807"),
                        tuple("nonsense", "Error"));
        assertThat(theirs)
                .extracting(ExchangedMessage::cmd, ExchangedMessage::reply)
                .isEqualTo(ours.stream().map(m -> tuple(m.cmd(), m.reply())).toList());
        assertThat(ours).allMatch(m -> m.cmdTime() <= m.replyTime());
        assertThat(theirs).allMatch(m -> m.cmdTime() <= m.replyTime());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 1})
    void downloadsEveryByte(int length) throws Exception {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        Files.write(folder.resolve("spl.txt"), content);
        Path target = folder.resolve("downloaded");

        Downloaded downloaded = connection.download(StandInDirector.SESSION, "spl.txt", target);

        assertThat(downloaded.bytes()).isEqualTo(length);
        assertThat(target).hasBinaryContent(content);
        assertThat(folder.resolve("downloaded.tmp")).doesNotExist();
        assertThat(connection.exchange(new ControlRequest.Time()).line()).isEqualTo("1795322914.526807");
    }

    @Test
    void refusedDownloadLeavesTheConnectionUsable() {
        assertThatThrownBy(
                        () -> connection.download(StandInDirector.SESSION, "absent.txt", folder.resolve("downloaded")))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("'Error: exception' to 'download," + StandInDirector.SESSION + ",absent.txt'");
        assertThat(connection.exchange(new ControlRequest.Time()).line()).isEqualTo("1795322914.526807");
        assertThat(connection.messages())
                .extracting(ExchangedMessage::reply)
                .containsExactly("mlcommons/power server v3", "Error: exception", "1795322914.526807");
    }

    @Test
    void unwritableTargetLeavesTheConnectionUsable() throws Exception {
        Files.write(folder.resolve("spl.txt"), new byte[2 * MIB]);
        Path target = folder.resolve("no-such-folder").resolve("spl.txt");

        assertThatThrownBy(() -> connection.download(StandInDirector.SESSION, "spl.txt", target))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("cannot write " + target);
        assertThat(connection.exchange(new ControlRequest.Time()).line()).isEqualTo("1795322914.526807");
    }

    @Test
    void watcherReadsTheRepliesOfOthersAndHearsTheEnd() throws Exception {
        Files.write(folder.resolve("spl.txt"), new byte[2 * MIB]);
        CompletableFuture<PeerSignal> signal = CompletableFuture.supplyAsync(connection::awaitPeer);

        for (int i = 0; i < 50; i++) {
            assertThat(connection.exchange(new ControlRequest.Time()).line()).isEqualTo("1795322914.526807");
            connection.download(StandInDirector.SESSION, "spl.txt", folder.resolve("downloaded"));
        }
        assertThat(folder.resolve("downloaded")).hasSize(2 * MIB);
        assertThat(signal).isNotDone();

        server.close();
        assertThat(TestDeadlines.resultOf(signal, 5))
                .isInstanceOfSatisfying(
                        PeerSignal.Closed.class,
                        closed ->
                                assertThat(closed.cause()).hasMessageContaining("the director closed the connection"));
        assertThatThrownBy(() -> connection.exchange(new ControlRequest.Time()))
                .isInstanceOf(ControlConnectionException.class);
    }
}
