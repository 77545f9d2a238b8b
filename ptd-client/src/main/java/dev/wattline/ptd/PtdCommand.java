package dev.wattline.ptd;

import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.AnalyzerRanges;
import dev.wattline.model.RangeSetting;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A command of PTDaemon's line protocol. It knows its line on the wire, the shape of its reply, how to read that reply
 * strictly, and how long to wait for it by default. Immutable.
 *
 * @param <R> what its reply says
 */
public sealed interface PtdCommand<R>
        permits PtdCommand.Hello,
                PtdCommand.Identify,
                PtdCommand.ReadRanges,
                PtdCommand.SetVolts,
                PtdCommand.SetAmps,
                PtdCommand.Go,
                PtdCommand.Timed,
                PtdCommand.Stop,
                PtdCommand.Raw,
                MeasurementQuery {

    /** The line on the wire, without its end. */
    String line();

    /**
     * What the reply says.
     *
     * @throws IllegalArgumentException if it is no reply to this command, among others because PTDaemon refused it
     */
    R parse(PtdReply reply);

    /** How long to wait for the reply; for a reply with rows, for its header. */
    default Duration deadline(PtdDeadlines deadlines) {
        return deadlines.query();
    }

    /** Whether the reply is a header and the rows that it announces, unless the command is refused. */
    default boolean hasRows() {
        return false;
    }

    /** {@code Hello}: whether it is PTDaemon that listens. */
    record Hello() implements PtdCommand<String> {
        /** The only right answer. */
        public static final String GREETING = "Hello, PTDaemon here!";

        @Override
        public String line() {
            return "Hello";
        }

        @Override
        public String parse(PtdReply reply) {
            return ReplyText.exactly(GREETING, reply);
        }

        @Override
        public Duration deadline(PtdDeadlines deadlines) {
            return deadlines.hello();
        }
    }

    /** {@code Identify}: the analyzer and PTDaemon's version. */
    record Identify() implements PtdCommand<AnalyzerIdentity> {
        @Override
        public String line() {
            return "Identify";
        }

        @Override
        public AnalyzerIdentity parse(PtdReply reply) {
            return AnalyzerIdentity.parse(reply.line());
        }
    }

    /** {@code RR[,<channel>]}: the ranges now set. */
    record ReadRanges(OptionalInt channel) implements PtdCommand<AnalyzerRanges> {
        public ReadRanges {
            Wire.requireChannel(channel);
        }

        /** Without a channel: the one quadruple that every analyzer has. */
        public ReadRanges() {
            this(OptionalInt.empty());
        }

        @Override
        public String line() {
            return "RR" + Wire.suffix(channel);
        }

        @Override
        public AnalyzerRanges parse(PtdReply reply) {
            return AnalyzerRanges.parse(ReplyText.onlyGroup("Ranges", 4, reply));
        }
    }

    /** {@code SR,V,<volts>[,<channel>]}: sets the voltage range, of all channels if none is named. */
    record SetVolts(RangeSetting setting, OptionalInt channel) implements PtdCommand<String> {
        public SetVolts {
            Wire.requireChannel(channel);
        }

        /** Of all channels. */
        public SetVolts(RangeSetting setting) {
            this(setting, OptionalInt.empty());
        }

        @Override
        public String line() {
            return "SR,V," + setting.wireText() + Wire.suffix(channel);
        }

        @Override
        public String parse(PtdReply reply) {
            return ReplyText.exactly("Range V changed", reply);
        }

        @Override
        public Duration deadline(PtdDeadlines deadlines) {
            return deadlines.rangeChange();
        }
    }

    /** {@code SR,A,<amps>[,<channel>]}: sets the current range, of all channels if none is named. */
    record SetAmps(RangeSetting setting, OptionalInt channel) implements PtdCommand<String> {
        public SetAmps {
            Wire.requireChannel(channel);
        }

        /** Of all channels. */
        public SetAmps(RangeSetting setting) {
            this(setting, OptionalInt.empty());
        }

        @Override
        public String line() {
            return "SR,A," + setting.wireText() + Wire.suffix(channel);
        }

        @Override
        public String parse(PtdReply reply) {
            return ReplyText.exactly("Range A changed", reply);
        }

        @Override
        public Duration deadline(PtdDeadlines deadlines) {
            return deadlines.rangeChange();
        }
    }

    /**
     * {@code Go,<interval>,<rampup>[,<mark>]}: starts a measurement that lasts until {@link Stop}. Statistics and unread
     * samples start anew.
     *
     * @param intervalMillis sampling interval in ms; 0 is the analyzer's own
     * @param rampUpSamples samples to leave out at the start
     * @param mark the label of every row in PTDaemon's log file; empty for PTDaemon's default, {@code notset}
     */
    record Go(int intervalMillis, int rampUpSamples, String mark) implements PtdCommand<MeasurementStarted> {
        public Go {
            Wire.requireNotNegative("interval", intervalMillis);
            Wire.requireNotNegative("ramp-up", rampUpSamples);
            Wire.requireArgument("mark", mark);
        }

        @Override
        public String line() {
            return "Go," + intervalMillis + "," + rampUpSamples + (mark.isEmpty() ? "" : "," + mark);
        }

        @Override
        public MeasurementStarted parse(PtdReply reply) {
            MeasurementStarted started = MeasurementStarted.parse(reply.line());
            boolean otherInterval = intervalMillis != 0 && started.intervalMillis() != intervalMillis;
            if (otherInterval || started.rampUpSamples() != rampUpSamples) {
                throw new IllegalArgumentException(
                        "expected " + intervalMillis + " ms and " + rampUpSamples + " ramp-up samples as asked for");
            }
            return started;
        }
    }

    /**
     * {@code Timed,<samples>,<interval>,<rampup>}: a measurement that ends by itself. What PTDaemon answers is not known;
     * whatever is no refusal is taken.
     */
    record Timed(int samples, int intervalMillis, int rampUpMillis) implements PtdCommand<String> {
        public Timed {
            Wire.requireNotNegative("samples", samples);
            Wire.requireNotNegative("interval", intervalMillis);
            Wire.requireNotNegative("ramp-up", rampUpMillis);
        }

        @Override
        public String line() {
            return "Timed," + samples + "," + intervalMillis + "," + rampUpMillis;
        }

        @Override
        public String parse(PtdReply reply) {
            return ReplyText.unlessRefused(reply);
        }
    }

    /**
     * {@code Stop}: the measurement ends at its next tick. The reply comes at once, that to the next command only behind
     * the tick. Refused with {@code Error: no measurement to stop} if none runs.
     */
    record Stop() implements PtdCommand<String> {
        @Override
        public String line() {
            return "Stop";
        }

        @Override
        public String parse(PtdReply reply) {
            return ReplyText.matching("Stopping (un)?timed measurement", reply);
        }
    }

    /**
     * Any line, sent as it is. Its reply is taken whatever it says, a refusal too. A line that begins with {@code RL} or
     * {@code DC-RL} may be answered with rows; the other deadlines go by the first word too.
     */
    record Raw(String line) implements PtdCommand<PtdReply> {
        public Raw {
            if (line.isBlank()) {
                throw new IllegalArgumentException("expected a command, got an empty line");
            }
            Wire.requireOneLine("command", line);
        }

        @Override
        public boolean hasRows() {
            return Wire.verb(line).equals("RL") || Wire.verb(line).equals("DC-RL");
        }

        @Override
        public PtdReply parse(PtdReply reply) {
            return reply;
        }

        @Override
        public Duration deadline(PtdDeadlines deadlines) {
            return switch (Wire.verb(line)) {
                case "Hello" -> deadlines.hello();
                case "SR" -> deadlines.rangeChange();
                default -> deadlines.query();
            };
        }
    }
}
