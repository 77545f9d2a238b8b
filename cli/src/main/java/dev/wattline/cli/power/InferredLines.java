package dev.wattline.cli.power;

import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.InferredWall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a calibration says of a session's wall power, as lines for a reader. */
final class InferredLines {
    private InferredLines() {}

    static List<String> of(InferredWall wall, WallPrediction found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "By %s, over %.1f s:", wall.name(), found.seconds()));
        lines.add(EnergyLines.inferred(new EnergyStatement.Inferred(
                found, wall.name(), wall.calibration().machine().hash())));
        found.told().forEach(told -> lines.add("  " + told));
        lines.add("  " + found.confidence());
        return lines;
    }
}
