package dev.wattline.compliance.peaks;

import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.peaks.PhasePeaks.AnalyzerPeaks;
import dev.wattline.compliance.peaks.PhasePeaks.ChannelPeak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The peaks of a phase as a table. */
public final class PeaksText {
    private static final List<String> HEADS =
            List.of("", "peak V", "peak A", "peak W", "at", "range V", "range A", "head room");
    private static final String NONE = "-";

    private PeaksText() {}

    /** A table for each analyzer, below a line that names session and phase. */
    public static String of(String session, PhasePeaks peaks) {
        StringBuilder out = new StringBuilder();
        for (AnalyzerPeaks analyzer : peaks.analyzers()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%s of %s, %d s, %d samples, %s%n",
                    peaks.phase().word(),
                    session,
                    peaks.span().toSeconds(),
                    peaks.rows(),
                    analyzer.name()));
            table(rows(analyzer), out);
        }
        if (peaks.risen() > 0) {
            out.append("  still rising: the last tenth of the window goes ")
                    .append(Decimals.percent(peaks.risen(), 2))
                    .append(" above all before it\n");
        }
        return out.toString();
    }

    private static List<List<String>> rows(AnalyzerPeaks analyzer) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        for (ChannelPeak peak : analyzer.columns()) {
            rows.add(List.of(
                    peak.name(),
                    number(peak.volts(), 1),
                    number(peak.amps(), 3),
                    number(peak.watts(), 1),
                    clock(peak.wattsAt()),
                    peak.isSum() ? NONE : step(peak.voltRange(), peak.volts()),
                    peak.isSum() ? NONE : step(peak.ampRange(), peak.wantedAmps()),
                    peak.headRoom().map(part -> Decimals.percent(part, 0)).orElse(NONE)));
        }
        return rows;
    }

    private static String step(Optional<Double> range, double wanted) {
        if (Double.isNaN(wanted)) {
            return NONE;
        }
        String asked = number(wanted, 2) + " wanted";
        return range.map(step -> Decimals.significant(step, 4) + " (" + asked + ")")
                .orElse("no step known (" + asked + ")");
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? NONE : Decimals.fixed(value, decimals);
    }

    private static String clock(Duration at) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", at.toHours(), at.toMinutesPart(), at.toSecondsPart());
    }

    private static void table(List<List<String>> rows, StringBuilder out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(one -> one.get(at).length())
                        .max()
                        .orElse(0);
                String pad = " ".repeat(width - row.get(column).length());
                line.append(' ').append(column == 0 ? row.get(column) + pad : " " + pad + row.get(column));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
