package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.mock.signal.ConstantSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonTest {
    private static final String STARTED =
            "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples";

    @Test
    void samplesComeAtTheGridAndStopEndsAtTheNextTick() {
        Bench bench = new Bench(49);
        assertThat(bench.ask("Go,1000,0,m_ranging")).isEqualTo(STARTED);
        bench.pass(2.466);
        assertThat(bench.ask("Stop")).isEqualTo("Stopping untimed measurement");
        assertThat(bench.ask("RL,*,*")).as("waits for the tick").isEmpty();
        int before = bench.sends.size();
        bench.pass(0.533);
        assertThat(bench.since(before)).as("one millisecond before the tick").isEmpty();
        bench.pass(0.001);
        assertThat(bench.since(before)).isEqualTo("Invalid number of parameters");
        assertThat(bench.ask("RL"))
                .matches("(?s)Last 3 samples\r\n"
                        + "Time,11-22-2026 04:48:34.302,Watts,.*\r\n"
                        + "Time,11-22-2026 04:48:35.302,Watts,.*\r\n"
                        + "Time,11-22-2026 04:48:36.302,Watts,.*");
        assertThat(bench.ask("RL")).as("nothing is left unread").isEqualTo("No unread samples");
    }

    @Test
    void theOutputOfASessionIsThatOfVersion1Point11() {
        Bench bench =
                new Bench(PtdArguments.parse(List.of("-p", "0", "-l", "/dev/null", "49", "COM4")), builder -> builder);
        for (String line : List.of("Hello", "RR", "SR,V,Auto", "SR,A,Auto", "Go,1000,0,m_ranging")) {
            bench.ask(line);
        }
        bench.pass(0.9);
        bench.ask("Watts");
        bench.ask("Stop");
        bench.ask("SR,V,230.1");
        bench.pass(0.1);
        bench.ask("SR,A,0.9929260000000001");
        bench.hangUp();
        assertThat(bench.stdout()).isEqualTo("""
                11-22-2026 04:48:34.000: Accepted connection from 127.0.0.1:40000
                11-22-2026 04:48:34.000: Response to client sent: Hello, PTDaemon here!\\r
                11-22-2026 04:48:34.000: Response to client sent: Ranges,0,5.000000,0,300.000000\\r
                11-22-2026 04:48:34.000: Volt range set to Auto
                11-22-2026 04:48:34.000: Response to client sent: Range V changed\\r
                11-22-2026 04:48:34.000: Ampere range set to Auto
                11-22-2026 04:48:34.000: Response to client sent: Range A changed\\r
                11-22-2026 04:48:34.000: Go command received
                11-22-2026 04:48:34.000: Go with mark 'm_ranging'
                11-22-2026 04:48:34.000: Response to client sent: Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples\\r
                11-22-2026 04:48:34.302: ERROR: Can't evaluate uncertainty of this sample!
                11-22-2026 04:48:34.302: WARNING: Uncertainty unknown for the last measurement sample!
                11-22-2026 04:48:34.900: Response to client sent: Watts,200.000000,200.000000,200.000000,1,0,1\\r
                11-22-2026 04:48:34.900: Stop command received
                11-22-2026 04:48:34.900: Response to client sent: Stopping untimed measurement\\r
                11-22-2026 04:48:35.000: Completed test
                11-22-2026 04:48:35.000: Avg watts 200.000000, min watts 200.000000, max watts 200.000000, samples 1, errors 0, valid 1\\r
                11-22-2026 04:48:35.000: Volt range set to 300.000000V
                11-22-2026 04:48:35.000: Response to client sent: Range V changed\\r
                11-22-2026 04:48:35.000: Amp range set to 1.000000A
                11-22-2026 04:48:35.000: Response to client sent: Range A changed\\r
                11-22-2026 04:48:35.000: No data returned by socket read.
                11-22-2026 04:48:35.000: Shutting connection down...
                11-22-2026 04:48:35.000: Connection is down.
                11-22-2026 04:48:35.000: Waiting for a connection...
                """);
        assertThat(bench.connected()).isFalse();
    }

    @Test
    void theEchoIsReadableBeforeTheReplyIsSent() {
        Bench bench = new Bench(49);
        bench.ask("Hello");
        bench.ask("Go,1000,0,m");
        bench.passSeconds(30);
        bench.ask("Stop");
        bench.passSeconds(1);
        bench.ask("RL");
        assertThat(bench.sends).hasSizeGreaterThan(5);
        for (int i = 0; i < bench.sends.size(); i++) {
            assertThat(bench.stdoutAtSend.get(i))
                    .endsWith(": Response to client sent: " + bench.sends.get(i).replace("\r", "\\r"));
        }
    }

    @Test
    void aRangeChangeOccupiesTheCommandPathButNotTheClock() {
        Bench bench = new Bench(PtdArguments.of(77), builder -> builder.realTiming(true));
        bench.ask("SR,V,Auto");
        bench.ask("Hello");
        bench.pass(5.059);
        assertThat(bench.sends).isEmpty();
        assertThat(bench.messages()).last().isEqualTo("Volt range set to Auto");
        bench.pass(0.001);
        assertThat(bench.sends).containsExactly("Range V changed\r\n", "Hello, PTDaemon here!\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SR,V                  | Invalid number of parameters
            SR,V,300,1,1          | Invalid number of parameters
            SR,V,None             | Error in parameter
            SR,A,20.1             | Error in parameter
            SR,A,0                | Error in parameter
            SR,X,5                | Error in parameter
            SR,A,5,2              | Channel number out of range
            SR,a,0.33085800000000004 | Range A changed
            RR,1                  | Ranges,0,5.000000,0,300.000000
            RR,*                  | Ranges,0,5.000000,0,300.000000
            RR,2                  | Channel number out of range
            RR,1,1                | Invalid number of parameters
            Go                    | Invalid number of parameters
            Go,x,0                | Error in parameter
            Go,500,0              | Error in parameter
            Go,0,0                | Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples
            Go,2000,3,m           | Starting untimed measurement, maximum 500000 samples at 2000ms with 3 rampup samples
            Timed,5,1000,1500     | Starting timed measurement, 5 samples at 1000ms with 2 rampup samples
            Timed,5,1000          | Invalid number of parameters
            Stop                  | Error: no measurement to stop
            RL                    | No unread samples
            RL,1                  | No unread samples
            RL,x                  | Error in parameter
            RL,*,*                | Invalid number of parameters
            DC-RL                 | Unknown command
            Watts                 | Watts,-1.000000,-1.000000,-1.000000,0,0,0
            Watts,1               | Watts,-1.000000,-1.000000,-1.000000,0,0,0
            Watts,2               | Channel number out of range
            Watts,1,2             | Invalid number of parameters
            Uncertainty           | Uncertainty,-1.0,10000000.000000,0.000000,0,0,0,0
            Mark,m                | Error: no measurement running
            Reset                 | Reset complete
            Leave                 | Unknown command
            hello                 | Unknown command
            """)
    void answersEachCommandInItsOwnWay(String line, String reply) {
        assertThat(new Bench(49).ask(line)).isEqualTo(reply);
    }

    @ParameterizedTest
    @CsvSource({"'SR,V,Auto',Meter busy", "'Go,1000,0,n',Error: measurement already running", "'Mark,n',Mark changed"})
    void someAnswersDifferWhileItMeasures(String line, String reply) {
        Bench bench = new Bench(49);
        bench.ask("Go,1000,0,m");
        bench.pass(1);
        assertThat(bench.ask(line)).isEqualTo(reply);
    }

    @Test
    void theLastLineEndDecidesWhatACommandIs() {
        LineSplitter splitter = new LineSplitter();
        List<String> lines = new ArrayList<>();
        splitter.add(ByteBuffer.wrap("Hel".getBytes(StandardCharsets.US_ASCII)), lines::add);
        splitter.add(ByteBuffer.wrap("lo\r\nRR\n\nSt".getBytes(StandardCharsets.US_ASCII)), lines::add);
        assertThat(lines).containsExactly("Hello", "RR", "");
    }

    @Test
    void aTimedMeasurementEndsByItselfAndDiscardsItsRampUp() {
        Bench bench = new Bench(49);
        bench.ask("Timed,3,1000,2000");
        bench.pass(5);
        assertThat(bench.messages()).contains("Completed test");
        assertThat(bench.ask("RL")).startsWith("Last 3 samples\r\nTime,11-22-2026 04:48:36.302,");
        assertThat(bench.ask("Stop")).isEqualTo("Error: no measurement to stop");
    }

    @Test
    void readingOneSampleWaitsForIt() {
        Bench bench = new Bench(49);
        bench.ask("Go,1000,0,m");
        assertThat(bench.ask("RL,1")).isEmpty();
        bench.pass(0.302);
        assertThat(bench.since(1)).startsWith("Last 1 samples\r\nTime,11-22-2026 04:48:34.302,");
        assertThat(bench.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
        assertThat(bench.ask("RL,5")).isEmpty();
        bench.pass(1);
        assertThat(bench.since(bench.sends.size() - 1)).isEqualTo("Insufficient unread samples");
    }

    @Test
    void aNewMarkHoldsForTheRowsToComeAndResetForgetsAll() {
        Bench bench = new Bench(49);
        bench.ask("Go,1000,0,first");
        bench.pass(1);
        bench.ask("Mark,second");
        bench.pass(1);
        assertThat(bench.messages()).anyMatch(row -> row.endsWith(",Mark,first"));
        assertThat(bench.messages()).anyMatch(row -> row.endsWith(",Mark,second"));
        bench.ask("Reset");
        assertThat(bench.ask("Watts")).isEqualTo("Watts,-1.000000,-1.000000,-1.000000,0,0,0");
        assertThat(bench.ask("Stop")).isEqualTo("Error: no measurement to stop");
    }

    @Test
    void testingCountsNothingOfRanging() {
        Bench bench = new Bench(49);
        bench.ask("Go,1000,0,m_ranging");
        bench.pass(3.5);
        bench.ask("Stop");
        bench.pass(1);
        bench.ask("Go,1000,0,m_testing");
        bench.pass(1.5);
        assertThat(bench.ask("Watts")).endsWith(",2,0,2");
        assertThat(bench.ask("Uncertainty")).endsWith(",2,0,2,0");
    }

    @Test
    void aClientThatGoesAwayDoesNotEndTheMeasurement() {
        Bench bench = new Bench(49);
        bench.ask("Go,1000,0,m");
        bench.hangUp();
        bench.pass(2.5);
        bench.connect();
        assertThat(bench.ask("Watts")).endsWith(",3,0,3");
    }

    @Test
    void whatWasSentBeforeTheEndIsExecuted() {
        Bench bench = new Bench(PtdArguments.of(49), builder -> builder.realTiming(true));
        bench.ask("SR,A,2");
        bench.hangUp();
        assertThat(bench.connected()).isTrue();
        bench.pass(2);
        assertThat(bench.connected()).isFalse();
        assertThat(bench.instrument().amps(0)).isEqualTo(new Instrument.Range(false, 2));
    }

    @Test
    void speedDividesEveryInterval() {
        Bench bench = new Bench(PtdArguments.of(49), builder -> builder.speed(100));
        assertThat(bench.ask("Go,1000,0,m")).isEqualTo(STARTED);
        bench.pass(1);
        bench.ask("Stop");
        bench.pass(0.01);
        assertThat(bench.ask("RL")).startsWith("Last 101 samples\r\n");
    }

    @Test
    void stampsFollowAWallClockThatIsSet() {
        Bench bench = new Bench(49);
        bench.ask("Go,1000,0,m");
        bench.pass(1.5);
        bench.time.stepWallClock(Duration.ofSeconds(10));
        bench.pass(1);
        bench.ask("Stop");
        bench.pass(0.5);
        assertThat(bench.ask("RL")).contains("Time,11-22-2026 04:48:35.302").contains("Time,11-22-2026 04:48:46.302");
    }

    @Test
    void aDirectCurrentDeviceReadsItsRowsByACommandOfItsOwn() {
        Bench bench = new Bench(549);
        bench.ask("Go,1000,0,m");
        bench.pass(1.5);
        bench.ask("Stop");
        bench.pass(0.5);
        assertThat(bench.ask("RL,*,*")).isEqualTo("Unknown command");
        assertThat(bench.ask("RL")).isEqualTo("Unknown command");
        assertThat(bench.ask("DC-RL")).matches("(?s)Last 2 samples\r\nTime,.*,PF,1.000000\r\nTime,.*,PF,1.000000");
        assertThat(new Bench(PtdArguments.parse(List.of("-D", "-p", "0", "49", "x")), builder -> builder).ask("RL"))
                .isEqualTo("Unknown command");
    }

    @Test
    void multichannelRowsHoldTheSumAndThreeChannels() {
        Bench bench = new Bench(
                PtdArguments.parse(List.of("-c", "1,2", "-p", "0", "77", "10.0.0.1")),
                builder -> builder.signal(new ConstantSignal(400)));
        bench.ask("Go,1000,0,m_ranging");
        bench.pass(0.5);
        bench.ask("Stop");
        bench.pass(0.5);
        String reply = bench.ask("RL,*,*");
        assertThat(reply).startsWith("Last 1 samples from sum channel and channels 1 - 3\r\nTime,");
        assertThat(reply.split(",Watts,", -1)).hasSize(5);
        assertThat(reply).endsWith(",Watts,0.000000,Volts,0.000000,Amps,0.000000,PF,0.000000");
        assertThat(bench.messages().stream().filter(line -> line.startsWith("Time,")))
                .first()
                .asString()
                .contains(",Mark,m_ranging,Ch1,Watts,")
                .contains(",Ch2,Watts,")
                .contains(",Ch3,Watts,0.000000");
        assertThat(bench.ask("RR,*").split(",", -1)).hasSize(1 + 4 * 3);
        assertThat(bench.ask("Watts,*").split(",", -1)).hasSize(1 + 6 * 3);
        assertThat(bench.ask("Uncertainty,*").split(",", -1)).hasSize(1 + 7 * 3);
    }

    @Test
    void eachMeasuredChannelAndThenTheSumIsWarnedOf() {
        Bench bench = new Bench(PtdArguments.parse(List.of("-c", "1,2", "-p", "0", "77", "x")), builder -> builder);
        bench.ask("SR,V,Auto");
        bench.ask("Go,1000,0,m");
        bench.pass(0.5);
        assertThat(bench.messages().stream().filter(line -> line.contains("ncertainty")))
                .containsExactly(
                        "ERROR: Can't evaluate uncertainty of this sample!",
                        "WARNING: Uncertainty unknown for the last measurement sample, logical channel 1!",
                        "ERROR: Can't evaluate uncertainty of this sample!",
                        "WARNING: Uncertainty unknown for the last measurement sample, logical channel 2!",
                        "WARNING: Uncertainty unknown for the last measurement sample, logical channel 0!");
    }

    @Test
    void aWt500NamesEachChannelOfARange() {
        Bench bench = new Bench(48);
        bench.ask("SR,V,230");
        bench.ask("SR,A,15,2");
        assertThat(bench.messages())
                .contains(
                        "Voltage range for channel 3, physical channel 3, set to 300.000000A",
                        "Amp range for channel 2, physical channel 2, set to 20.000000A");
        assertThat(bench.instrument().amps(0).value()).isEqualTo(5);
    }

    @Test
    void theExtendedLogHoldsTheWarningsToo(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("ptd.log");
        Bench bench = new Bench(
                PtdArguments.parse(List.of("-e", "-l", log.toString(), "-p", "0", "49", "x")), builder -> builder);
        bench.ask("SR,A,Auto");
        bench.ask("Go,1000,0,m");
        bench.pass(0.5);
        assertThat(Files.readAllLines(log))
                .hasSize(3)
                .contains("Time,11-22-2026 04:48:34.302,ERROR,Can't evaluate uncertainty of this sample!");
    }

    @Test
    void linesEndAsOnWindowsWhenAsked() {
        Bench bench = new Bench(PtdArguments.of(49), builder -> builder.windowsText(true));
        bench.ask("Hello");
        assertThat(bench.stdout()).endsWith("Hello, PTDaemon here!\\r\\r\n").contains("127.0.0.1:40000\\r\n");
    }
}
