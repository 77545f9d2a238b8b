package dev.wattline.director.analyzer;

import dev.wattline.model.PowerSample;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the testing run's ranges in the rows of the ranging run: the greatest voltage as it was printed, and the greatest
 * current times 1.1, over the sum and the configured channels. Readings that PTDaemon encoded as out of range are
 * decoded and count; erroneous and missed ones have no value and do not. For one thread.
 */
public final class RangeFinder {
    /** Head room over the greatest current seen, as the reference has it. */
    private static final double HEAD_ROOM = 1.1;

    private static final String VOLTS = ",Volts,";

    private final List<Integer> channels;
    private String volts = ""; // as printed
    private double maxVolts;
    private double maxAmps;
    private int rows;
    private int valid;

    /** @param channels numbers of the channels that count beside the sum, from 1 */
    public RangeFinder(List<Integer> channels) {
        this.channels = List.copyOf(channels);
    }

    /**
     * Takes a row in either form, with its mark or without.
     *
     * @throws IllegalArgumentException if it is no row, or lacks a configured channel
     */
    public void add(String row) {
        PowerSample sample = SplRow.parse(row);
        rows++;
        List<Reading> readings = new ArrayList<>(List.of(sample.reading()));
        List<Integer> columns = new ArrayList<>(List.of(0));
        for (int channel : channels) {
            if (channel > sample.channels().size()) {
                throw new IllegalArgumentException("channel " + channel + " is configured, but a row has "
                        + sample.channels().size() + " channels: " + row);
            }
            readings.add(sample.channels().get(channel - 1));
            columns.add(channel);
        }
        boolean any = false;
        for (int i = 0; i < readings.size(); i++) {
            double amps = readings.get(i).decodedAmps();
            if (amps > maxAmps) {
                maxAmps = amps;
            }
            double seen = readings.get(i).decodedVolts();
            if (seen > maxVolts) {
                maxVolts = seen;
                volts = printedVolts(row, columns.get(i));
            }
            any |= !Double.isNaN(readings.get(i).decodedWatts());
        }
        valid += any ? 1 : 0;
    }

    private static String printedVolts(String row, int column) {
        int at = row.indexOf(VOLTS);
        for (int i = 0; i < column; i++) {
            at = row.indexOf(VOLTS, at + 1);
        }
        int from = at + VOLTS.length();
        int comma = row.indexOf(',', from);
        return row.substring(from, comma < 0 ? row.length() : comma);
    }

    /** The ranges; empty if no row had a voltage and a current above zero. */
    public Optional<Ranges> find() {
        if (maxVolts > 0 && maxAmps > 0) {
            return Optional.of(
                    new Ranges(RangeSetting.ofText(volts), RangeSetting.ofText(PythonFloat.repr(maxAmps * HEAD_ROOM))));
        }
        return Optional.empty();
    }

    /** What the rows held, for the message when no ranges were found. */
    public String summary() {
        return rows + " samples, " + valid + " of them valid, greatest voltage " + maxVolts + " V, greatest current "
                + maxAmps + " A";
    }
}
