package dev.wattline.mock.ptd;

/** The two texts of a sample: its row in the data log and its row in an {@code RL} reply. */
final class Rows {

    private Rows() {}

    /** With mark and channel labels, as in the data log. */
    static String logged(String stamp, Sample sample, String mark) {
        StringBuilder row = start(stamp, sample).append(",Mark,").append(mark);
        for (int i = 0; i < sample.channels().size(); i++) {
            row.append(",Ch").append(i + 1);
            sample.channels().get(i).appendTo(row);
        }
        return row.toString();
    }

    /** Without labels, as on the wire. */
    static String sent(String stamp, Sample sample) {
        StringBuilder row = start(stamp, sample);
        sample.channels().forEach(channel -> channel.appendTo(row));
        return row.toString();
    }

    private static StringBuilder start(String stamp, Sample sample) {
        StringBuilder row = new StringBuilder(128).append("Time,").append(stamp);
        sample.sum().appendTo(row);
        return row;
    }
}
