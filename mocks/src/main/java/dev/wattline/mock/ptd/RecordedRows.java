package dev.wattline.mock.ptd;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.model.IoErrors;
import dev.wattline.model.SplRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of a recorded {@code spl.txt}, their numbers as text, untouched. */
final class RecordedRows {
    private static final String[] LABELS = {"Watts", "Volts", "Amps", "PF"};

    private final Path file;
    private final List<Sample> rows;

    private RecordedRows(Path file, List<Sample> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * @param analyzer which analyzer's rows of a log merged from several, from 1
     * @throws InvalidOptionException if the file cannot be read, or holds anything but rows of one shape
     */
    static RecordedRows read(Path file, int analyzer) {
        List<Sample> rows = new ArrayList<>();
        int line = 0;
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) {
                    rows.add(parse(part(text.strip(), analyzer)));
                }
            }
        } catch (IOException e) {
            throw new InvalidOptionException("cannot read the recording " + file + ": " + IoErrors.of(e), null);
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException("recording " + file + ", line " + line + ": " + e.getMessage(), null);
        }
        if (rows.isEmpty()) {
            throw new InvalidOptionException("the recording " + file + " holds no row", "Give an spl.txt.");
        }
        return new RecordedRows(file, rows);
    }

    /** Fails if the rows are not such as this device makes. */
    RecordedRows of(DeviceProfile profile) {
        int recorded =
                rows.stream().mapToInt(row -> row.channels().size()).max().orElse(0);
        boolean multichannel = recorded > 0;
        if (multichannel != profile.type().multichannel()) {
            throw new InvalidOptionException(
                    "the recording " + file + " is of a " + (multichannel ? "multichannel" : "single-channel")
                            + " analyzer, device type "
                            + profile.type().number() + " is not",
                    multichannel ? "Use type 77 or 48." : "Use a single-channel type, such as 49.");
        }
        return this;
    }

    int size() {
        return rows.size();
    }

    Sample get(int index) {
        return rows.get(index);
    }

    private static String part(String row, int analyzer) {
        List<String> analyzers = SplRow.analyzers(row);
        if (analyzers.isEmpty()) {
            return row;
        }
        if (analyzer > analyzers.size()) {
            throw new IllegalArgumentException("there is no analyzer " + analyzer + ", only " + analyzers.size());
        }
        return analyzers.get(analyzer - 1);
    }

    private static Sample parse(String row) {
        String[] fields = row.split(",", -1);
        List<Quadruple> groups = new ArrayList<>();
        int at = 2; // behind Time and its stamp
        while (at < fields.length) {
            if (fields[at].equals("Mark")) {
                at += 2;
            } else if (fields[at].startsWith("Ch")) {
                at++;
            } else {
                groups.add(quadruple(fields, at));
                at += 8;
            }
        }
        if (!fields[0].equals("Time") || groups.isEmpty()) {
            throw new IllegalArgumentException("expected a row Time,<stamp>,Watts,..., got '" + row + "'");
        }
        return new Sample(groups.get(0), groups.subList(1, groups.size()));
    }

    private static Quadruple quadruple(String[] fields, int at) {
        String[] values = new String[LABELS.length];
        for (int i = 0; i < LABELS.length; i++) {
            int label = at + 2 * i;
            if (label + 1 >= fields.length || !fields[label].equals(LABELS[i])) {
                throw new IllegalArgumentException("field " + (label + 1) + ": expected '" + LABELS[i] + "'");
            }
            values[i] = fields[label + 1];
            Double.parseDouble(values[i]); // no number is no recording
        }
        return new Quadruple(values[0], values[1], values[2], values[3]);
    }
}
