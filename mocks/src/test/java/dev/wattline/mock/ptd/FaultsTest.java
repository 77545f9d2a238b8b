package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.scenario.FaultAction.Disturb;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {

    @Test
    void theNthCommandOfAKindDropsTheConnection() {
        Bench bench = bench(on("SR,A", 2, new FaultAction.Drop(false)));
        bench.ask("SR,V,Auto");
        bench.ask("SR,A,Auto");
        assertThat(bench.connected()).isTrue();
        assertThat(bench.ask("SR,A,2")).isEmpty();
        assertThat(bench.connected()).isFalse();
        bench.connect();
        assertThat(bench.ask("RR")).as("not executed").startsWith("Ranges,1,");
    }

    @Test
    void aDelayedCommandIsExecutedLaterAndOthersWait() {
        Bench bench = bench(on("SR", 0, new FaultAction.Delay(Duration.ofSeconds(3))));
        bench.ask("SR,A,2");
        bench.ask("Hello");
        bench.pass(2.999);
        assertThat(bench.sends).isEmpty();
        bench.pass(0.001);
        assertThat(bench.sends).containsExactly("Range A changed\r\n", "Hello, PTDaemon here!\r\n");
    }

    @Test
    void anAnswerReplacesTheCommand() {
        Bench bench = bench(on("Go", 1, new FaultAction.Answer("%&/()")));
        assertThat(bench.ask("Go,1000,0,m")).isEqualTo("%&/()");
        assertThat(bench.ask("Stop")).isEqualTo("Error: no measurement to stop");
        assertThat(bench.ask("Go,1000,0,m")).startsWith("Starting untimed measurement");
    }

    @Test
    void nothingIsAnsweredAnyMoreButSamplesGoOn() {
        Bench bench = bench(on("Stop", 0, new FaultAction.Hang()));
        bench.ask("Go,1000,0,m");
        bench.pass(1);
        bench.ask("Stop");
        bench.ask("Hello");
        bench.pass(60);
        assertThat(bench.sends).hasSize(1);
        assertThat(bench.messages().stream().filter(line -> line.startsWith("Time,")))
                .hasSize(61);
    }

    @Test
    void samplesAreMissedWhileItIsFrozen() {
        Bench bench = bench(new Fault(new Trigger.OnSample(2, 0), new FaultAction.Freeze(Duration.ofMillis(3500))));
        bench.ask("Go,1000,0,m");
        bench.pass(1.5);
        assertThat(bench.ask("Hello")).isEmpty();
        bench.pass(4.5);
        assertThat(bench.sends).last().isEqualTo("Hello, PTDaemon here!\r\n");
        List<PowerSample> samples = stop(bench);
        assertThat(samples)
                .extracting(sample -> sample.reading().watts())
                .containsExactly(200.0, 200.0, 200.0, -2.0, -2.0, 200.0, 200.0);
        assertThat(seconds(samples)).containsExactly(34.302, 35.302, 38.302, 38.302, 38.302, 39.302, 40.302);
    }

    @Test
    void bytesWithoutALineEndAreSentInsteadOfAReply() {
        Bench bench = bench(on("RR", 0, new FaultAction.Flood(10_000)));
        bench.ask("RR");
        bench.pass(0.01);
        assertThat(String.join("", bench.sends)).hasSize(10_000).doesNotContain("\n");
        assertThat(bench.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
    }

    @Test
    void moreSamplesAreAnnouncedThanSent() {
        Bench bench = bench(on("RL", 0, new FaultAction.Announce(3)));
        bench.ask("Go,1000,0,m");
        bench.pass(1.5);
        bench.ask("Stop");
        bench.pass(0.5);
        assertThat(bench.ask("RL,*,*")).isEqualTo("Invalid number of parameters");
        String reply = bench.ask("RL");
        assertThat(reply).startsWith("Last 5 samples\r\n");
        assertThat(reply.lines()).hasSize(1 + 2);
    }

    @Test
    void theProcessEndsAtATime() {
        Bench bench = bench(new Fault(new Trigger.After(Duration.ofSeconds(5)), new FaultAction.Exit(3)));
        bench.pass(4.999);
        assertThat(bench.exitStatus()).isEqualTo(-1);
        bench.pass(0.001);
        assertThat(bench.exitStatus()).isEqualTo(3);
    }

    @Test
    void aLineAppearsAndAnotherIsGluedToTheNext() {
        Bench bench = bench(
                new Fault(new Trigger.OnSample(1, 0), new FaultAction.Print("ERROR: USB.", false)),
                new Fault(new Trigger.OnSample(2, 0), new FaultAction.Print("ERROR: Current appears", true)));
        bench.ask("Go,1000,0,m");
        bench.pass(2);
        bench.ask("Hello");
        assertThat(bench.stdout())
                .contains("04:48:34.302: ERROR: USB.\n")
                .contains("ERROR: Current appears11-22-2026 04:48:36.000: Response to client sent: Hello");
    }

    @Test
    void theClockJumps() {
        Bench bench = bench(new Fault(new Trigger.OnSample(2, 0), new FaultAction.Clock(Duration.ofSeconds(10))));
        bench.ask("Go,1000,0,m");
        bench.pass(2.5);
        assertThat(seconds(stop(bench))).containsExactly(34.302, 45.302, 46.302);
    }

    @Test
    void aFaultOfTheSecondMeasurementSparesTheFirst() {
        Bench bench = bench(new Fault(new Trigger.OnSample(1, 2), new Disturb(Disturbance.NAN, 1)));
        bench.ask("Go,1000,0,m_ranging");
        bench.pass(0.5);
        assertThat(stop(bench)).allMatch(sample -> sample.reading().watts() == 200);
        bench.ask("Go,1000,0,m_testing");
        bench.pass(0.5);
        assertThat(stop(bench)).allMatch(sample -> sample.reading().watts() == -1);
    }

    /** Samples 2 and 3 of five are disturbed; what is seen of all five. */
    @ParameterizedTest
    @EnumSource(Disturbance.class)
    void samplesAreDisturbed(Disturbance kind) {
        Bench bench = bench(new Fault(new Trigger.OnSample(2, 0), new Disturb(kind, 2, 2.4)));
        bench.ask("Go,1000,0,m");
        bench.pass(4.5);
        List<PowerSample> samples = stop(bench);
        List<Double> watts =
                samples.stream().map(sample -> sample.reading().watts()).toList();
        List<String> messages = bench.messages();
        switch (kind) {
            case NAN -> {
                assertThat(watts).containsExactly(200.0, -1.0, -1.0, 200.0, 200.0);
                assertThat(messages).contains("ERROR: Bad watts reading nan from WT310");
            }
            case OVERRANGE -> {
                assertThat(watts).containsExactly(200.0, -203.0, -203.0, 200.0, 200.0);
                Reading encoded = samples.get(1).reading();
                assertThat(encoded.decodedAmps()).isBetween(1.0, 1.2);
                assertThat(messages).contains("ERROR: Current exceeds peak value allowed for range 5.00A and CF 3.");
            }
            case UNCERTAINTY -> {
                assertThat(bench.ask("Uncertainty")).endsWith(",0.024000,5,2,3,0");
                assertThat(messages)
                        .contains("WARNING: Uncertainty 2.40%, which is above 1.00% limit for the last sample!");
            }
            case MISSED -> {
                assertThat(watts).containsExactly(200.0, 200.0, -2.0, -2.0, 200.0);
                assertThat(seconds(samples)).containsExactly(34.302, 37.302, 37.302, 37.302, 38.302);
                assertThat(messages.stream().filter("WARNING: Missed 1 samples"::equals))
                        .hasSize(2);
            }
            case LOST -> {
                assertThat(seconds(samples)).containsExactly(34.302, 37.302, 38.302);
                assertThat(bench.ask("Watts")).endsWith(",3,0,3");
            }
            case DUPLICATED ->
                assertThat(seconds(samples)).containsExactly(34.302, 35.302, 35.302, 36.302, 36.302, 37.302, 38.302);
            case SWAPPED -> assertThat(seconds(samples)).containsExactly(34.302, 36.302, 35.302, 37.302, 38.302);
        }
    }

    @Test
    void somethingGoesWrongWhenATestSaysSo() {
        Bench bench = bench();
        bench.inject(new FaultAction.Drop(true));
        assertThat(bench.connected()).isFalse();
    }

    private static List<PowerSample> stop(Bench bench) {
        bench.ask("Stop");
        bench.pass(1);
        return bench.ask("RL").lines().skip(1).map(SplRow::parse).toList();
    }

    private static List<Double> seconds(List<PowerSample> samples) {
        return samples.stream()
                .map(sample -> 34 + Duration.between(Bench.START, sample.at()).toMillis() / 1e3)
                .toList();
    }

    private static Fault on(String command, int nth, FaultAction action) {
        return new Fault(new Trigger.OnCommand(command, nth), action);
    }

    private static Bench bench(Fault... faults) {
        return new Bench(PtdArguments.of(49), builder -> builder.scenario(FaultScenario.of(faults)));
    }
}
