package dev.wattline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import dev.wattline.protocol.ControlRequest.BadSessionCommand;
import dev.wattline.protocol.ControlRequest.Cleanup;
import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.Download;
import dev.wattline.protocol.ControlRequest.Extension;
import dev.wattline.protocol.ControlRequest.ManualRange;
import dev.wattline.protocol.ControlRequest.New;
import dev.wattline.protocol.ControlRequest.Note;
import dev.wattline.protocol.ControlRequest.Proof;
import dev.wattline.protocol.ControlRequest.SessionRequest;
import dev.wattline.protocol.ControlRequest.SetNtp;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.Stop;
import dev.wattline.protocol.ControlRequest.StopPhase;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.ControlRequest.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlRequestTest {
    private static final String ID = "2026-11-22_04-48-34_rig";
    private static final String UUID_TEXT = "8c14f61d-1776-4b23-b328-083fba3d64a8";

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("time", new Time()),
                arguments("set_ntp", new SetNtp()),
                arguments("stop", new Stop()),
                arguments("new,rig," + UUID_TEXT, new New("rig", UUID_TEXT)),
                arguments("new,," + UUID_TEXT, new New("", UUID_TEXT)),
                arguments("session," + ID + ",start,ranging", new StartPhase(ID, Phase.RANGING)),
                arguments("session,*,start,testing", new StartPhase("*", Phase.TESTING)),
                arguments(
                        "session," + ID + ",start,testing,300.0,5.0",
                        new StartPhase(ID, Phase.TESTING, Optional.of(new ManualRange("300.0", "5.0")))),
                arguments("session," + ID + ",stop,ranging", new StopPhase(ID, Phase.RANGING)),
                arguments("session," + ID + ",stop,testing", new StopPhase(ID, Phase.TESTING)),
                arguments("session," + ID + ",done", new Done(ID)),
                arguments("download," + ID + ",run_1/spl.txt", new Download(ID, "run_1/spl.txt")),
                arguments("cleanup," + ID, new Cleanup(ID)),
                arguments("wattline,1", new Extension(1, List.of())),
                arguments("wattline,1,progress,live", new Extension(1, List.of("progress", "live"))),
                arguments("wattline-proof,00ff", new Proof("00ff")),
                arguments("wattline-note,gap,stood still, for 4 s", new Note("gap", "stood still, for 4 s")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void lineAndRequestAreOne(String line, ControlRequest request) {
        assertThat(ControlRequest.parse(line)).isEqualTo(request);
        assertThat(request.line()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"time,", "time,now", "set_ntp,x", "stop,now,please"})
    void fieldsAfterAOneWordRequestAreIgnored(String line) {
        assertThat(ControlRequest.parse(line).line()).isEqualTo(line.substring(0, line.indexOf(',')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|Error",
                "Time|Error",
                "' time'|Error",
                "'time '|Error",
                "new|Error",
                "new,rig|Error",
                "new,rig,uuid,more|Error",
                "session|Error",
                "session,x|Error",
                "download|Error: exception",
                "download,x|Error",
                "download,x,y,z|Error",
                "cleanup|Error: exception",
                "wattline|Error",
                "wattline,0|Error",
                "wattline,one|Error",
                "wattline,99999|Error",
                "wattline-note,x|Error",
                "upload,x|Error",
            })
    void otherLinesCarryTheReplyThatIsDueToThem(String line, String reply) {
        assertThat(ControlRequest.parse(line)).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.line()).isEqualTo(line);
            assertThat(unknown.reply().line()).isEqualTo(reply);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session,*,start|Error: exception",
                "session,*,stop|Error Unknown session command",
                "session,*,start,Ranging|Error Unknown session command",
                "session,*,start,ranging,300,5|Error Unknown session command",
                "session,*,start,testing,300|Error Unknown session command",
                "session,*,start,testing,300,5,7|Error Unknown session command",
                "session,*,stop,testing,1|Error Unknown session command",
                "session,*,done,|Error Unknown session command",
                "session,*,|Error Unknown session command",
                "session,*,upload,ranging|Error Unknown session command",
            })
    void wrongSessionCommandsKeepTheirIdBecauseThatIsLookedAtFirst(String line, String reply) {
        assertThat(ControlRequest.parse(line)).isEqualTo(new BadSessionCommand("*", line, ControlReply.parse(reply)));
    }

    @Test
    void asteriskAddressesAnySession() {
        SessionId open = new SessionId(ID);
        assertThat(((SessionRequest) ControlRequest.parse("session,*,done")).addresses(open))
                .isTrue();
        assertThat(((SessionRequest) ControlRequest.parse("session," + ID + ",done")).addresses(open))
                .isTrue();
        assertThat(((SessionRequest) ControlRequest.parse("session,,done")).addresses(open))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UUID_TEXT,
                "8C14F61D17764B23B328083FBA3D64A8",
                "{8c14f61d-1776-4b23-b328-083fba3d64a8}",
                "urn:uuid:8c14f61d-1776-4b23-b328-083fba3d64a8",
                "8-c-1-4-f61d17764b23b328083fba3d64a8"
            })
    void uuidIsReadInTheSpellingsThatPythonReads(String text) {
        assertThat(new New("", text).clientUuid())
                .hasValueSatisfying(uuid -> assertThat(uuid).hasToString(UUID_TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "8c14f61d-1776-4b23-b328-083fba3d64a", "8c14f61d-1776-4b23-b328-083fba3d64ag"})
    void otherTextIsNoUuid(String text) {
        assertThat(new New("", text).clientUuid()).isEmpty();
    }

    @Test
    void openedSessionIsReadFromItsReply() {
        ControlReply reply = ControlReply.parse("OK " + ID + "," + UUID_TEXT);
        assertThat(((ControlReply.Ok) reply).opened())
                .hasValueSatisfying(opened -> assertThat(ControlReply.opened(opened.id(), opened.serverUuid()))
                        .isEqualTo(reply));
        assertThat(((ControlReply.Ok) ControlReply.parse("OK ../../x," + UUID_TEXT)).opened())
                .isEmpty();
        assertThat(((ControlReply.Ok) ControlReply.parse("OK " + ID)).opened()).isEmpty();
        assertThat(Replies.OK.isOk()).isTrue();
        assertThat(reply.isOk()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1753712706.325826,true",
        "1795322926.0440564,true",
        "1.7e+09,true",
        "NaN,false",
        "0x1p3,false",
        "1d,false",
        "-5,false",
        "' 1',false"
    })
    void timeReplyIsAPlainDecimalNumber(String line, boolean time) {
        assertThat(((ControlReply.Value) ControlReply.parse(line))
                        .epochSeconds()
                        .isPresent())
                .isEqualTo(time);
    }

    @Test
    void errorsStayInOneLine() {
        assertThat(ControlReply.error("no\r\nsession").line()).isEqualTo("Error: no  session");
    }
}
