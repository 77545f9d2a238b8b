package dev.wattline.mock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioJsonTest {

    static Stream<Arguments> faults() {
        Trigger go = new Trigger.OnCommand("Go", 2);
        String at = "{'when': {'command': 'Go', 'nth': 2}, 'do': ";
        return Stream.of(
                Arguments.of(at + "'drop'}", new Fault(go, new FaultAction.Drop(false))),
                Arguments.of(at + "'drop', 'reset': true}", new Fault(go, new FaultAction.Drop(true))),
                Arguments.of(
                        at + "'delay', 'seconds': 0.25}", new Fault(go, new FaultAction.Delay(Duration.ofMillis(250)))),
                Arguments.of(at + "'answer', 'text': 'Error'}", new Fault(go, new FaultAction.Answer("Error"))),
                Arguments.of(at + "'hang'}", new Fault(go, new FaultAction.Hang())),
                Arguments.of(
                        at + "'freeze', 'seconds': 3}", new Fault(go, new FaultAction.Freeze(Duration.ofSeconds(3)))),
                Arguments.of(at + "'flood', 'bytes': 1000}", new Fault(go, new FaultAction.Flood(1000))),
                Arguments.of(at + "'announce', 'more': -1}", new Fault(go, new FaultAction.Announce(-1))),
                Arguments.of(
                        "{'when': {'start': 1}, 'do': 'exit', 'status': 3}",
                        new Fault(new Trigger.Start(1), new FaultAction.Exit(3))),
                Arguments.of(
                        "{'when': {'after': 1.5}, 'do': 'print', 'text': 'ERROR: USB.', 'glued': true}",
                        new Fault(
                                new Trigger.After(Duration.ofMillis(1500)),
                                new FaultAction.Print("ERROR: USB.", true))),
                Arguments.of(
                        "{'when': {'sample': 3}, 'do': 'clock', 'seconds': -2}",
                        new Fault(new Trigger.OnSample(3, 0), new FaultAction.Clock(Duration.ofSeconds(-2)))),
                Arguments.of(
                        "{'when': {'sample': 3, 'measurement': 2}, 'do': 'uncertainty', 'percent': 2.5, 'samples': 4}",
                        new Fault(
                                new Trigger.OnSample(3, 2), new FaultAction.Disturb(Disturbance.UNCERTAINTY, 4, 2.5))),
                Arguments.of(
                        "{'when': {'sample': 3}, 'do': 'swapped'}",
                        new Fault(new Trigger.OnSample(3, 0), new FaultAction.Disturb(Disturbance.SWAPPED, 1))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void readsEachFault(String json, Fault fault) {
        assertThat(parse("{'faults': [" + json + "]}")).isEqualTo(FaultScenario.of(fault));
    }

    @Test
    void readsWhatConcernsTheProcess() {
        assertThat(parse("{'description': 'd', 'ignoreSigterm': true}").ignoresSigterm())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'when': {'sample': 3}, 'do': 'explode'}                    | unknown action 'explode'
            {'when': {'moon': 'full'}, 'do': 'drop'}                    | expected one of start, after, command, sample
            {'do': 'drop'}                                              | expected an object
            {'when': {'sample': 3}}                                     | do: expected a text
            {'when': {'sample': 3}, 'do': 'drop', 'rst': true}          | unknown key 'rst'
            {'when': {'sample': 3, 'nth': 2}, 'do': 'drop'}             | unknown key 'nth'
            {'when': {'sample': 0}, 'do': 'drop'}                       | sample: expected 1 or more
            {'when': {'sample': 1.5}, 'do': 'drop'}                     | sample: expected a whole number
            {'when': {'after': -1}, 'do': 'drop'}                       | after: expected 0 or more
            {'when': {'command': ''}, 'do': 'drop'}                     | expected a command
            {'when': {'sample': 3}, 'do': 'answer', 'text': 'x'}        | 'answer' cannot happen at a sample
            {'when': {'start': 0}, 'do': 'drop'}                        | 'drop' cannot happen at the start
            {'when': {'sample': 3}, 'do': 'nan', 'samples': 0}          | samples: expected 1 or more
            {'when': {'sample': 3}, 'do': 'exit', 'status': 700}        | status: expected 0 to 255
            {'when': {'command': 'Go'}, 'do': 'delay', 'seconds': 'x'}  | seconds: expected a number
            """)
    void namesTheFaultThatIsWrong(String json, String problem) {
        assertThatThrownBy(() -> parse("{'faults': [{'when': {'sample': 1}, 'do': 'drop'}, " + json + "]}"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("scenario s.json, fault 2: ")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesUnknownKeysAndWhatIsNoJson() {
        assertThatThrownBy(() -> parse("{'fault': []}")).hasMessage("scenario s.json: unknown key 'fault'");
        assertThatThrownBy(() -> parse("{")).hasMessageStartingWith("scenario s.json: no JSON");
        assertThatThrownBy(() -> ScenarioJson.read(Path.of("nowhere.json"))).hasMessageContaining("nowhere.json");
    }

    private static FaultScenario parse(String json) {
        return ScenarioJson.parse("s.json", json.replace('\'', '"'));
    }
}
