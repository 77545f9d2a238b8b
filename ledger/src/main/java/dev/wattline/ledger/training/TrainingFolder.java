package dev.wattline.ledger.training;

import dev.wattline.model.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The energy to train of one system on one benchmark. Energies are in joule; null where the runs do not allow one.
 *
 * @param folder relative to the folder that was given, with {@code /} between names
 * @param officialJ olympic mean of the runs' official energies times the scaling factor
 * @param fileOrderJ the same with the readings in the files' order: the value as published
 * @param windowJ plain mean of all runs' energies in their windows, without the scaling factor
 * @param trainSeconds olympic mean of the times to train times the scaling factor: the time as published
 * @param scalingFactor of {@code scaling.json}, 1 without the file
 * @param dropped how many runs the olympic mean leaves out at each end
 * @param medianUnderstatement median over the runs of the energy in the window over the official one, minus 1
 * @param findings what is worth knowing about these logs; files are relative to this folder
 */
public record TrainingFolder(
        String folder,
        @Nullable Double officialJ,
        @Nullable Double fileOrderJ,
        @Nullable Double windowJ,
        @Nullable Double trainSeconds,
        double scalingFactor,
        int dropped,
        @Nullable Double medianUnderstatement,
        List<TrainingRun> runs,
        List<Finding> findings) {

    public TrainingFolder {
        runs = List.copyOf(runs);
        findings = List.copyOf(findings);
    }
}
