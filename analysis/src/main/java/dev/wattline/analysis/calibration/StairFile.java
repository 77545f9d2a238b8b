package dev.wattline.analysis.calibration;

import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code staircase.csv}, which {@code wattline workload --staircase} writes: lines of {@code
 * begin_ms,end_ms,name,gpu,cpu,hold_out}, times in ms since 1970 by the machine's clock.
 */
public final class StairFile {
    /** Its first line. */
    public static final String HEADER = "begin_ms,end_ms,name,gpu,cpu,hold_out";

    private static final String REMEDY = "Give the staircase.csv that 'wattline workload --staircase' wrote.";
    private static final int PIECE_S = 36;
    private static final int KEPT_BACK_S = 160;

    private StairFile() {}

    /**
     * The stairs in s since 1970.
     *
     * @throws AnalysisInputException with file and line, if it is no such file
     */
    public static List<Stair> read(Path file) {
        List<Stair> stairs = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
                throw new AnalysisInputException(file + ", line 1: expected " + HEADER, REMEDY);
            }
            for (int i = 1; i < lines.size(); i++) {
                String[] cells = lines.get(i).split(",", -1);
                boolean good = cells.length == 6
                        && cells[0].matches("\\d{1,15}")
                        && cells[1].matches("\\d{1,15}")
                        && cells[3].matches("[01](\\.\\d{1,18})?")
                        && cells[4].matches("[01](\\.\\d{1,18})?")
                        && cells[5].matches("true|false");
                if (!good) {
                    throw new AnalysisInputException(
                            file + ", line " + (i + 1) + ": expected " + HEADER + ", got '" + lines.get(i) + "'",
                            REMEDY);
                }
                stairs.add(new Stair(
                        Long.parseLong(cells[0]) / 1e3,
                        Long.parseLong(cells[1]) / 1e3,
                        Double.parseDouble(cells[3]),
                        Double.parseDouble(cells[4]),
                        Boolean.parseBoolean(cells[5])));
            }
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        }
        if (stairs.isEmpty()) {
            throw new AnalysisInputException(file + ": holds no stair", REMEDY);
        }
        return List.copyOf(stairs);
    }

    /** A workload of unknown levels, cut into pieces; its last part is kept back. */
    public static List<Stair> pieces(double beginS, double endS) {
        double kept = Math.max(KEPT_BACK_S, 0.15 * (endS - beginS));
        List<Stair> stairs = new ArrayList<>();
        for (double at = beginS; at + PIECE_S <= endS - kept; at += PIECE_S) {
            stairs.add(new Stair(at, at + PIECE_S, Double.NaN, Double.NaN, false));
        }
        if (stairs.size() < 10) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-short",
                                    String.format(
                                            java.util.Locale.ROOT,
                                            "the session has %.0f s, too few to fit and to test a model",
                                            endS - beginS))
                            .with("seconds", endS - beginS),
                    "Measure the built-in staircase, or a workload of 10 minutes or more.");
        }
        stairs.add(new Stair(endS - kept, endS, Double.NaN, Double.NaN, true));
        return List.copyOf(stairs);
    }
}
