package dev.wattline.report.setup;

import dev.wattline.files.PowerWindow;
import dev.wattline.files.SplReader;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.trace.PowerOverview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One power log: the whole of it and each of its channels, over time and as means over LoadGen's power window.
 *
 * @param name the phase, and of which analyzer where it is one's own log
 * @param window LoadGen's power window; empty if it is not known, and then there are no means
 * @param lines the sum, and each channel where there are several
 */
public record PowerView(String name, Optional<PowerWindow> window, List<Line> lines) {
    private static final int LEAST_SAMPLES = 2;

    public PowerView {
        lines = List.copyOf(lines);
    }

    /**
     * A sum or a channel.
     *
     * @param name {@code all channels}, or the channel
     * @param overview its power over time
     * @param means mean power, voltage, current and power factor, least and greatest power, number of samples; empty where
     *     no sample lies in the window
     */
    public record Line(String name, List<PowerOverview.Stretch> overview, List<String> means) {
        public Line {
            overview = List.copyOf(overview);
            means = List.copyOf(means);
        }
    }

    /**
     * Reads a log.
     *
     * @throws IOException if it cannot be read
     */
    static PowerView read(String name, Path log, Optional<PowerWindow> window) throws IOException {
        List<Channel> channels = new ArrayList<>(List.of(new Channel()));
        try (SplReader reader = SplReader.open(log)) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                boolean counts = window.isPresent() && window.get().contains(sample.at());
                long millis = sample.at().toEpochMilli();
                channels.get(0).add(millis, sample.reading(), counts);
                for (int i = 0; i < sample.channels().size(); i++) {
                    if (channels.size() <= i + 1) {
                        channels.add(new Channel());
                    }
                    channels.get(i + 1).add(millis, sample.channels().get(i), counts);
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            Channel channel = channels.get(i);
            if (i == 0 || channel.measured > 0) { // a channel that is not used reads nothing
                lines.add(new Line(
                        i == 0 ? "all channels" : "channel " + i, channel.overview.stretches(), channel.means()));
            }
        }
        return new PowerView(name, window, lines.size() == 2 ? lines.subList(0, 1) : lines);
    }

    /** What is known of a channel so far. */
    private static final class Channel {
        private final PowerOverview overview = new PowerOverview();
        private final Sum watts = new Sum();
        private final Sum volts = new Sum();
        private final Sum amps = new Sum();
        private final Sum powerFactor = new Sum();
        private long measured;

        void add(long millis, Reading reading, boolean counts) {
            double power = reading.decodedWatts();
            boolean whole = Double.isFinite(power)
                    && Double.isFinite(reading.decodedVolts())
                    && Double.isFinite(reading.decodedAmps());
            if (!whole) {
                return;
            }
            measured++;
            overview.add(millis, power);
            if (counts) {
                watts.add(power);
                volts.add(reading.decodedVolts());
                amps.add(reading.decodedAmps());
                powerFactor.add(reading.powerFactor());
            }
        }

        List<String> means() {
            return watts.count < LEAST_SAMPLES
                    ? List.of()
                    : List.of(
                            watts.mean(),
                            volts.mean(),
                            amps.mean(),
                            powerFactor.mean(),
                            Numbers.within(watts.least, watts.halfWidth()),
                            Numbers.within(watts.greatest, watts.halfWidth()),
                            String.valueOf(watts.count));
        }
    }

    /** A mean, with the digits that the scatter of its samples can bear. */
    private static final class Sum {
        private static final double Z95 = 1.96;
        private static final int MOST_DIGITS = 5; // of an analyzer's reading

        private long count;
        private double mean;
        private double squares;
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;

        void add(double value) {
            count++;
            double difference = value - mean;
            mean += difference / count;
            squares += difference * (value - mean);
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }

        double halfWidth() {
            return Math.max(
                    Z95 * Math.sqrt(squares / (count - 1.0) / count), Math.abs(mean) * Math.pow(10, 1 - MOST_DIGITS));
        }

        String mean() {
            return Numbers.within(mean, halfWidth());
        }
    }
}
