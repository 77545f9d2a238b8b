package dev.wattline.ptd;

import dev.wattline.model.UncertaintyStatistics;
import dev.wattline.model.WattsStatistics;
import java.util.OptionalInt;

/**
 * The commands that ask what was measured: samples, statistics, uncertainties, the current readings. They start and
 * change nothing but that samples once read are no longer unread.
 *
 * @param <R> what the reply says
 */
public sealed interface MeasurementQuery<R> extends PtdCommand<R> {

    /**
     * {@code RL[,<samples>[,<channel>]]}: the samples not read yet. {@code RL} gives all of a single-channel analyzer's;
     * {@code RL,*,*} all of a multichannel one's, a row being the sum and all channels.
     */
    record ReadLast(Selector samples, Selector channel) implements MeasurementQuery<SampleRows> {
        public ReadLast {
            if (samples == Selector.UNSPECIFIED && channel != Selector.UNSPECIFIED) {
                throw new IllegalArgumentException("expected a number of samples, or *, before the channel");
            }
        }

        /** All of a single-channel analyzer. */
        public ReadLast() {
            this(Selector.UNSPECIFIED, Selector.UNSPECIFIED);
        }

        @Override
        public String line() {
            return "RL" + samples.wireSuffix() + channel.wireSuffix();
        }

        @Override
        public SampleRows parse(PtdReply reply) {
            return ReplyText.rows(reply);
        }

        @Override
        public boolean hasRows() {
            return true;
        }
    }

    /** {@code DC-RL}: the samples not read yet of an analyzer in DC mode. */
    record DcReadLast() implements MeasurementQuery<SampleRows> {
        @Override
        public String line() {
            return "DC-RL";
        }

        @Override
        public SampleRows parse(PtdReply reply) {
            return ReplyText.rows(reply);
        }

        @Override
        public boolean hasRows() {
            return true;
        }
    }

    /** {@code Watts[,<channel>]} and its kin: a quantity over the running or the last measurement. */
    record Statistics(Quantity quantity, OptionalInt channel) implements MeasurementQuery<WattsStatistics> {
        public Statistics {
            Wire.requireChannel(channel);
        }

        /** Of the only channel, or the sum. */
        public Statistics(Quantity quantity) {
            this(quantity, OptionalInt.empty());
        }

        @Override
        public String line() {
            return quantity.wireName() + Wire.suffix(channel);
        }

        @Override
        public WattsStatistics parse(PtdReply reply) {
            return WattsStatistics.parse(ReplyText.onlyGroup(quantity.wireName(), 6, reply));
        }
    }

    /** {@code Uncertainty}: of the only channel, or the sum. */
    record Uncertainty() implements MeasurementQuery<UncertaintyStatistics> {
        @Override
        public String line() {
            return "Uncertainty";
        }

        @Override
        public UncertaintyStatistics parse(PtdReply reply) {
            return UncertaintyStatistics.parse(ReplyText.onlyGroup("Uncertainty", 7, reply));
        }
    }
}
