package dev.wattline.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rows of PTDaemon's logs: those of its {@code RL} reply, which carry no mark and no channel labels, and those of
 * its {@code -l} file and of {@code spl.txt}, which do. The text is authoritative: whatever is passed on is passed on as
 * text, and only what is computed with is parsed.
 */
public final class SplRow {
    private static final String[] QUADRUPLE = {"Watts", "Volts", "Amps", "PF"};

    private SplRow() {}

    /**
     * The sample of a row in either form; trailing blanks and carriage returns do not matter. Of a row merged from
     * several analyzers it is the sum, without channels: {@link #analyzers} gives the parts.
     *
     * @throws IllegalArgumentException if it is no such row; the message says what was expected, and at which field
     */
    public static PowerSample parse(String row) {
        Fields fields = new Fields(row.stripTrailing());
        fields.expect("Time");
        Instant at = fields.time();
        Reading sum = reading(fields);
        String mark = "";
        List<Reading> channels = List.of();
        if (fields.skip("Mark")) {
            mark = fields.next();
        }
        if (fields.more() && !fields.startsWith("Analyzer")) {
            channels = new ArrayList<>();
            while (fields.more()) {
                fields.skipChannel(channels.size() + 1);
                channels.add(reading(fields));
            }
        }
        return new PowerSample(at, sum, mark, channels);
    }

    /** The rows that a merged row was made of, first analyzer first; empty for the row of one analyzer. */
    public static List<String> analyzers(String row) {
        List<String> parts = new ArrayList<>();
        int from = row.indexOf(",Analyzer1,");
        while (from >= 0) {
            int start = row.indexOf(',', from + 1) + 1;
            from = row.indexOf(",Analyzer" + (parts.size() + 2) + ",", start);
            parts.add(row.substring(start, from < 0 ? row.length() : from).stripTrailing());
        }
        return parts;
    }

    /**
     * An {@code RL} row with the labels that {@code spl.txt} carries: the mark behind the first quadruple, and
     * {@code ChN} before each further one. A row without watts, such as the empty one, stays as it is.
     */
    public static String label(String row, String mark) {
        int first = row.indexOf(",Watts,");
        if (first < 0) {
            return row;
        }
        int second = row.indexOf(",Watts,", first + 1);
        if (second < 0) {
            return row + ",Mark," + mark;
        }
        StringBuilder out = new StringBuilder(row.length() + mark.length() + 32);
        out.append(row, 0, second).append(",Mark,").append(mark);
        for (int channel = 1; second >= 0; channel++) {
            int next = row.indexOf(",Watts,", second + 1);
            out.append(",Ch").append(channel).append(row, second, next < 0 ? row.length() : next);
            second = next;
        }
        return out.toString();
    }

    /** A sample as a labelled row, numbers with six decimals as PTDaemon prints them. */
    public static String format(PowerSample sample) {
        StringBuilder out = new StringBuilder(128);
        out.append("Time,").append(PtdTime.format(sample.at()));
        quadruple(out, sample.reading());
        if (!sample.mark().isEmpty()) {
            out.append(",Mark,").append(sample.mark());
        }
        for (int i = 0; i < sample.channels().size(); i++) {
            if (!sample.mark().isEmpty()) {
                out.append(",Ch").append(i + 1);
            }
            quadruple(out, sample.channels().get(i));
        }
        return out.toString();
    }

    private static void quadruple(StringBuilder out, Reading reading) {
        out.append(String.format(
                Locale.ROOT,
                ",Watts,%.6f,Volts,%.6f,Amps,%.6f,PF,%.6f",
                reading.watts(),
                reading.volts(),
                reading.amps(),
                reading.powerFactor()));
    }

    private static Reading reading(Fields fields) {
        double[] values = new double[4];
        for (int i = 0; i < 4; i++) {
            fields.expect(QUADRUPLE[i]);
            values[i] = fields.number();
        }
        return new Reading(values[0], values[1], values[2], values[3]);
    }

    /** A cursor over the comma separated fields of one row, which makes no text of them unless it must. */
    private static final class Fields {
        private final String row;
        private int offset; // of the next field, row.length() + 1 behind the last
        private int end; // of the next field
        private int index; // of the next field, from 1, for messages

        Fields(String row) {
            this.row = row;
            this.index = 1;
            this.end = endFrom(0);
        }

        private int endFrom(int from) {
            int comma = from > row.length() ? -1 : row.indexOf(',', from);
            return comma < 0 ? row.length() : comma;
        }

        private void advance() {
            offset = end + 1;
            end = endFrom(offset);
            index++;
        }

        boolean more() {
            return offset <= row.length();
        }

        boolean startsWith(String prefix) {
            return row.startsWith(prefix, offset);
        }

        private String peek() {
            if (!more()) {
                throw new IllegalArgumentException("field " + index + ": expected more fields, the row ends here");
            }
            return row.substring(offset, end);
        }

        String next() {
            String field = peek();
            advance();
            return field;
        }

        boolean skip(String label) {
            if (more() && end - offset == label.length() && row.startsWith(label, offset)) {
                advance();
                return true;
            }
            return false;
        }

        /** Passes over {@code ChN}, if the row has labels; a text is made only for what is not the usual one. */
        void skipChannel(int number) {
            if (row.startsWith("Ch", offset)) {
                skip("Ch" + number);
            }
        }

        void expect(String label) {
            if (!skip(label)) {
                String found = more() ? "'" + peek() + "'" : "the end of the row";
                throw new IllegalArgumentException("field " + index + ": expected '" + label + "', got " + found);
            }
        }

        Instant time() {
            if (!more() || end - offset != PtdTime.LENGTH) {
                throw new IllegalArgumentException(
                        "field " + index + ": expected a time stamp MM-DD-YYYY hh:mm:ss.mmm, got '" + peek() + "'");
            }
            Instant at = PtdTime.parse(row, offset);
            advance();
            return at;
        }

        double number() {
            double plain = more() ? PlainDecimal.parse(row, offset, end) : Double.NaN;
            if (!Double.isNaN(plain)) {
                advance();
                return plain;
            }
            String field = next();
            try {
                return Double.parseDouble(field);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "field " + (index - 1) + ": expected a number, got '" + field + "'", e);
            }
        }
    }
}
