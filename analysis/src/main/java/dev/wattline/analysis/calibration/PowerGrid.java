package dev.wattline.analysis.calibration;

import dev.wattline.analysis.calibration.Channel.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the sources told, second by second from a begin that all have in common.
 *
 * @param channels the series
 * @param watts of each series the mean power in each second; NaN where it is not known
 * @param nodes what sees the machine as a whole
 */
@SuppressWarnings("ArrayRecordComponent") // series, never compared
public record PowerGrid(List<Channel> channels, double[][] watts, List<NodeReadings> nodes) {
    private static final double ACTIVITY_W = 200; // of a socket that is busy all of the time; its slope is fitted
    private static final double ACTIVITY_EXPONENT = 0.85;

    public PowerGrid {
        channels = List.copyOf(channels);
        nodes = List.copyOf(nodes);
        if (channels.size() != watts.length) {
            throw new IllegalArgumentException(watts.length + " series for " + channels.size() + " channels");
        }
    }

    /** How many seconds it covers. */
    public int seconds() {
        int longest = 0;
        for (double[] series : watts) {
            longest = Math.max(longest, series.length);
        }
        return longest;
    }

    /**
     * A regressor in W of processors that are busy this share of the time.
     *
     * @param share 0 to 1
     * @param sockets how many packages there are
     */
    public static double activityWatts(double share, int sockets) {
        return ACTIVITY_W * sockets * Math.pow(Math.max(0, Math.min(1, share)), ACTIVITY_EXPONENT);
    }

    boolean has(Seen seen) {
        return channels.stream().anyMatch(channel -> channel.seen() == seen);
    }

    /** The entities of what sees this, in the order of their names. */
    List<String> entities(Seen seen) {
        return channels.stream()
                .filter(channel -> channel.seen() == seen)
                .map(Channel::entity)
                .sorted()
                .toList();
    }

    /** The series of one entity; empty where there is none. */
    double[] of(Seen seen, String entity) {
        for (int i = 0; i < watts.length; i++) {
            if (channels.get(i).seen() == seen && channels.get(i).entity().equals(entity)) {
                return watts[i];
            }
        }
        return new double[0];
    }

    /** All series of this added up; NaN where one is not known. */
    double[] sum(Seen seen) {
        double[] sum = new double[seconds()];
        for (int i = 0; i < watts.length; i++) {
            if (channels.get(i).seen() == seen) {
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += k < watts[i].length ? watts[i][k] : Double.NaN;
                }
            }
        }
        return sum;
    }

    /** The part from one second up to, not including, another, which the nodes' readings keep whole. */
    public PowerGrid part(int fromS, int toS) {
        double[][] cut = new double[watts.length][];
        for (int i = 0; i < watts.length; i++) {
            cut[i] = Arrays.copyOfRange(watts[i], fromS, toS);
        }
        List<NodeReadings> moved = new ArrayList<>();
        for (NodeReadings node : nodes) {
            double[] times = Arrays.stream(node.atS()).map(t -> t - fromS).toArray();
            moved.add(new NodeReadings(node.source(), node.entity(), times, node.watts()));
        }
        return new PowerGrid(channels, cut, moved);
    }
}
