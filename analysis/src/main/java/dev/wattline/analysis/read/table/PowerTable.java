package dev.wattline.analysis.read.table;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.LogLines;
import dev.wattline.analysis.powerlog.LogRows;
import dev.wattline.analysis.powerlog.NumberWithUnit;
import dev.wattline.analysis.powerlog.PollRounds;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.powerlog.TelemetryLog;
import dev.wattline.analysis.powerlog.TimeText;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of power over time, whoever wrote it: a header, cells between commas, semicolons, tabs or bars, and rows of one
 * device or of one column a device. Liberal in form, see {@link ColumnName}, {@link TimeText} and {@link NumberWithUnit}; strict in
 * meaning: rows without a time, and cards that nothing tells apart, are refused with that reason.
 */
public final class PowerTable implements TelemetryLog {
    private static final String NO_TIMES = "watts without the time they were read at are no power over time";
    private static final Pattern TIME_OF_DAY = Pattern.compile("\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?");
    private static final long DAY_MS = 86_400_000;
    private static final String TELL_APART = "Log with index or uuid among the fields.";

    private final String form;

    /** @param form what the tables are called that are recognised by other words than these */
    public PowerTable(String form) {
        this.form = form;
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public boolean recognises(LogHead head) {
        return TableHeader.find(head, List.of()) != null;
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        TableHeader header = TableHeader.find(input.head(), input.options().columns());
        if (header == null) {
            throw new AnalysisInputException(input.source() + ": no column is of power", TELL_APART);
        }
        refuseWhatIsNoSeries(input, header);
        if (header.columns().when().time() < 0) {
            throw new AnalysisInputException(
                    input.source() + ": its samples have no time: none of the columns " + header.shown()
                            + " is one, and " + NO_TIMES,
                    "Log with a time in each row, such as timestamp among the fields of nvidia-smi --query-gpu.");
        }
        return new Reading(input, header).log();
    }

    private static void refuseWhatIsNoSeries(LogInput input, TableHeader header) {
        if (header.names().contains("emissions") && header.names().contains("duration")) {
            throw new AnalysisInputException(
                    input.source()
                            + ": CodeCarbon's emissions file has a row a run, with means and sums over it, and no"
                            + " power over time",
                    "Log the GPU's power with nvidia-smi beside it.");
        }
    }

    /** One reading of a table; for one thread. */
    private final class Reading {
        private final LogInput input;
        private final TableHeader header;
        private final Columns columns;
        private final List<String> fields;
        private final LogRows rows;
        private final PollRounds rounds;
        private final boolean namesTell; // where rows come one at a time and of cards with different names
        private final Map<Integer, String> nameAt = new HashMap<>(); // of each place in a round
        private boolean relative;
        private boolean withoutDate;
        private long dayMs;
        private long lastOfDayMs;
        private long lastMs = Long.MIN_VALUE;
        private int place;

        Reading(LogInput input, TableHeader header) throws IOException {
            this.input = input;
            this.header = header;
            this.columns = header.columns();
            this.fields = input.wanted(columns.fields());
            Set<String> counters = new LinkedHashSet<>();
            columns.powers().stream().filter(PowerColumn::counter).forEach(one -> counters.add(one.field()));
            counters.retainAll(fields);
            this.rows = new LogRows(input, fields, counters);
            boolean keyless = columns.who().key() < 0 && !columns.isWide() && columns.scope() == Scope.GPU;
            Set<String> names = new LinkedHashSet<>();
            this.rounds = keyless ? rounds(names) : PollRounds.SINGLE;
            this.namesTell = rounds.size() == 1 && names.size() > 1;
        }

        /** A first pass over the times, of a table in which nothing but their order may tell cards apart. */
        private PollRounds rounds(Set<String> names) throws IOException {
            long[] times = new long[4096];
            int n = 0;
            try (LogLines lines = LogLines.of(input)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    List<String> cells = cells(line, lines.number());
                    TimeText.Time time = cells == null ? null : time(cells);
                    if (time != null && cells != null) {
                        times = n == times.length ? Arrays.copyOf(times, 2 * n) : times;
                        times[n++] = time.ms();
                        names.add(
                                columns.who().name() < 0
                                        ? ""
                                        : cells.get(columns.who().name()));
                    }
                }
            }
            dayMs = 0;
            lastOfDayMs = 0;
            PollRounds found = PollRounds.of(Arrays.copyOf(times, n));
            if (!found.consistent()) {
                throw new AnalysisInputException(
                        input.source()
                                + ": the rows of several cards are told apart by nothing but their order within a"
                                + " round, and " + found.odd() + " of the rounds have other than " + found.size()
                                + " rows: which row is of which card cannot be told",
                        TELL_APART);
            }
            return found;
        }

        PowerLog log() throws IOException {
            long bytes;
            try (LogLines lines = LogLines.of(input)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    if (line.isBlank() || header.isHeader(line) || lines.number() < header.line()) {
                        continue;
                    }
                    List<String> cells = cells(line, lines.number());
                    if (cells == null) {
                        rows.reject(lines.number(), line, "expected " + columns.size() + " cells");
                    } else {
                        take(lines.number(), line, cells);
                    }
                }
                bytes = lines.bytes();
            }
            notes();
            PowerLog log = rows.finish(header.form(form), columns.scope(), bytes);
            Plausible.check(input.source(), log);
            return log;
        }

        private void notes() {
            if (!columns.scopeSaid()) {
                rows.note("What its watts are of is not said: they are taken for one GPU's.");
            }
            if (!columns.leftOut().isEmpty()) {
                rows.note("Columns left out, which are of something else or sums: "
                        + String.join(", ", columns.leftOut()) + ".");
            }
            if (rounds.size() > 1) {
                rows.note("Nothing but their order tells the " + rounds.size()
                        + " cards of a round apart: the first row of each is taken for the same card, and so on.");
            }
            if (withoutDate) {
                rows.note("Its times have no date: where they lie beside another log is not known.");
            }
            if (relative) {
                rows.note("Its times count from the log's begin and are of no clock.");
            }
            header.notes().forEach(rows::note);
        }

        /** The cells of a row; null if it has another number of them. */
        private @Nullable List<String> cells(String line, long number) {
            if (number < header.line() || header.isHeader(line)) {
                return null;
            }
            List<String> cells = header.split(line);
            int t = columns.when().time();
            // A shell's comma before the nanoseconds cuts the time in two.
            if (cells.size() == columns.size() + 1
                    && header.delimiter() == ','
                    && TimeText.parse(cells.get(t) + "," + cells.get(t + 1)) != null) {
                cells = new ArrayList<>(cells);
                cells.set(t, cells.get(t) + "," + cells.remove(t + 1));
            }
            if (cells.size() == columns.size() + 1 && cells.get(columns.size()).isBlank()) {
                return cells.subList(0, columns.size());
            }
            return cells.size() == columns.size() ? cells : null;
        }

        private TimeText.@Nullable Time time(List<String> cells) {
            String text = cells.get(columns.when().time());
            String whole =
                    columns.when().date() < 0 ? text : cells.get(columns.when().date()) + " " + text;
            TimeText.Time time = TimeText.parse(whole);
            if (time == null && TIME_OF_DAY.matcher(text).matches()) {
                return ofDay(text);
            }
            if (time == null) {
                double count = NumberWithUnit.number(text);
                boolean counts = columns.when().date() < 0
                        && count >= 0
                        && count * columns.when().scale() < 1e11;
                relative |= counts;
                return counts
                        ? new TimeText.Time(Math.round(count * columns.when().scale()), false)
                        : null;
            }
            return columns.when().utc() ? new TimeText.Time(time.ms(), true) : time;
        }

        /** A time without a date: on one day after another, each of which begins where the time goes back by hours. */
        private TimeText.@Nullable Time ofDay(String text) {
            TimeText.Time time = TimeText.parse("1970-01-01 " + text);
            if (time == null) {
                return null;
            }
            withoutDate = true;
            if (lastOfDayMs - time.ms() > DAY_MS / 2) {
                dayMs += DAY_MS;
            }
            lastOfDayMs = time.ms();
            return new TimeText.Time(dayMs + time.ms(), false);
        }

        private void take(long number, String line, List<String> cells) {
            TimeText.Time time = time(cells);
            if (time == null) {
                rows.reject(
                        number,
                        line,
                        "expected a time in column "
                                + header.shown(columns.when().time()));
                return;
            }
            String name =
                    columns.who().name() < 0 ? "" : cells.get(columns.who().name());
            double utilisation = number(cells, columns.beside().utilisation());
            double memory = number(cells, columns.beside().memory());
            double clock = number(cells, columns.beside().clock());
            for (Map.Entry<String, double[]> device : values(number, cells).entrySet()) {
                String key = columns.isWide() ? device.getKey() : key(number, cells, time.ms(), name);
                String host =
                        columns.who().host() < 0 ? "" : cells.get(columns.who().host());
                String whole = host.isEmpty() ? key : key.isEmpty() ? host : host + "/" + key;
                rows.add(
                        number,
                        line,
                        time,
                        new LogRows.Row(whole, name, index(cells, key), device.getValue(), utilisation, memory, clock));
            }
        }

        /** The row's values by device; of a table that is not wide, those of the only device. */
        private Map<String, double[]> values(long number, List<String> cells) {
            Map<String, double[]> values = new LinkedHashMap<>();
            for (PowerColumn power : columns.powers()) {
                int field = fields.indexOf(power.field());
                if (field < 0) {
                    continue;
                }
                String cell = cells.get(power.at());
                double value = power.counter()
                        ? NumberWithUnit.number(cell) * power.scale()
                        : NumberWithUnit.power(cell, power.scale());
                if (Double.isNaN(value)) {
                    rows.missing(number, cell);
                }
                double[] all = values.computeIfAbsent(power.device(), device -> {
                    double[] none = new double[fields.size()];
                    Arrays.fill(none, Double.NaN);
                    return none;
                });
                all[field] = Double.isNaN(all[field]) ? value : all[field];
            }
            return values;
        }

        private String key(long number, List<String> cells, long ms, String name) {
            if (columns.who().key() >= 0) {
                return cells.get(columns.who().key());
            }
            if (rounds.size() == 1) {
                return namesTell ? name : "";
            }
            boolean next = lastMs == Long.MIN_VALUE || Math.abs(ms - lastMs) >= rounds.gapMs();
            place = next ? 0 : place + 1;
            lastMs = ms;
            String known = nameAt.putIfAbsent(place, name);
            if (known != null && !known.equals(name)) {
                throw new AnalysisInputException(
                        input.source() + ": line " + number + ": the card at place " + (place + 1) + " of a round is '"
                                + name + "' here and '" + known + "' before: which row is of which card cannot be told",
                        TELL_APART);
            }
            return Integer.toString(place);
        }

        private int index(List<String> cells, String key) {
            String text = columns.who().index() >= 0 ? cells.get(columns.who().index()) : columns.isWide() ? key : "";
            String digits = text.replaceFirst("^[a-zA-Z]+", "");
            return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : -1;
        }

        private static double number(List<String> cells, int column) {
            return column < 0 ? Double.NaN : NumberWithUnit.number(cells.get(column));
        }
    }
}
