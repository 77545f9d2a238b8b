package dev.wattline.ledger.figure;

import dev.wattline.ledger.figure.FigureContent.Point;
import dev.wattline.ledger.figure.FigureContent.Series;
import dev.wattline.ledger.figure.FigureContent.Trend;
import dev.wattline.ledger.figure.PaperFigure.Difference;
import dev.wattline.ledger.figure.PaperFigure.Side;
import dev.wattline.ledger.row.Measure;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figure 1: a literal table of performance over the years. */
final class LiteralFigure {
    private static final List<String> ROUNDS =
            List.of("v0.5", "v0.6", "v1.0", "v1.1", "v2.0", "v2.1", "v3.0", "v3.1", "v4.0", "v4.1");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT);
    private static final String MOORE = "Moore";
    private static final double DAYS_PER_YEAR = 365.25;

    private LiteralFigure() {}

    static PaperFigure of(FigureSources sources) {
        @Nullable List<List<String>> table = sources.performanceTable().orElse(null);
        List<Series> published = new ArrayList<>();
        List<Series> strict = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        if (table != null) {
            List<LocalDate> dates = dates(table.get(0));
            for (List<String> row : table.subList(1, table.size())) {
                List<Point> points = points(row, dates, 0);
                if (points.isEmpty()) {
                    continue;
                }
                boolean moore = row.get(0).startsWith(MOORE);
                List<Point> own = moore
                        ? doubling(points)
                        : points(row, dates, points.get(0).rawMax());
                published.add(new Series(row.get(0).strip(), points));
                strict.add(new Series(row.get(0).strip(), own));
                for (int i = 0; i < points.size(); i++) {
                    if (Math.abs(own.get(i).normalized() / points.get(i).normalized() - 1) > 1e-9) {
                        differences.add(new Difference(
                                row.get(0).strip() + " " + points.get(i).date(),
                                points.get(i).normalized(),
                                own.get(i).normalized(),
                                moore
                                        ? "2^(years/2) from the first date"
                                        : "the series begins at Moore's value of its first date, "
                                                + points.get(0).normalized() + ", and not at 1"));
                    }
                }
            }
        }
        return new PaperFigure(
                "1",
                "Performance over the years against Moore's law",
                "A literal table: performance in relation to the first round; the axis is logarithmic to base 2.",
                published.isEmpty()
                        ? null
                        : new Side(
                                new Trend("times", published),
                                published.size() + " series",
                                List.of(
                                        "The axis says Inference; benchmarks and dates are those of Training, whose rounds they"
                                                + " name otherwise (2020-07-29 is v0.7, 2024-06-12 is v4.0). The values"
                                                + " cannot be derived from power results."),
                                List.of()),
                strict.isEmpty()
                        ? null
                        : new Side(
                                new Trend("times", strict),
                                strict.size() + " series",
                                List.of("Each series in relation to its own first value; Moore's law as 2^(years/2)."),
                                List.of()),
                null,
                differences);
    }

    private static List<LocalDate> dates(List<String> header) {
        List<LocalDate> dates = new ArrayList<>();
        for (String cell : header.subList(1, header.size())) {
            try {
                dates.add(LocalDate.parse(cell.strip(), DATE));
            } catch (DateTimeParseException e) {
                return dates; // the columns up to here have dates
            }
        }
        return dates;
    }

    private static List<Point> points(List<String> row, List<LocalDate> dates, double base) {
        List<Point> points = new ArrayList<>();
        double running = 0;
        for (int i = 0; i < dates.size() && i + 1 < row.size(); i++) {
            double value = Measure.number(row.get(i + 1));
            if (!Double.isNaN(value)) {
                double shown = base > 0 ? value / base : value;
                running = Math.max(running, shown);
                points.add(point(i, dates.get(i), shown, running));
            }
        }
        return points;
    }

    private static Point point(int index, LocalDate date, double value, double running) {
        return new Point(
                index < ROUNDS.size() ? ROUNDS.get(index) : "",
                date.toString(),
                1,
                value,
                running,
                value,
                "",
                "",
                "data_performance.csv, column " + (index + 2));
    }

    private static List<Point> doubling(List<Point> points) {
        List<Point> law = new ArrayList<>();
        LocalDate first = LocalDate.parse(points.get(0).date());
        for (int i = 0; i < points.size(); i++) {
            LocalDate date = LocalDate.parse(points.get(i).date());
            double value = Math.pow(2, ChronoUnit.DAYS.between(first, date) / DAYS_PER_YEAR / 2);
            law.add(point(i, date, value, value));
        }
        return law;
    }
}
