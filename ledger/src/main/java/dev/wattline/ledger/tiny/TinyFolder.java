package dev.wattline.ledger.tiny;

import dev.wattline.model.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The energy of an inference by one folder of energy runs.
 *
 * @param folder relative to the folder that was given, with {@code /} between names
 * @param medianUJ median over the windows of the trace's energy an inference, uJ; null if the trace gives none
 * @param logMedianUJ the median that the runner printed, uJ; null if it printed none
 * @param rateHz the trace's sample rate; null if there is no trace
 * @param findings what is worth knowing about these files; files are relative to this folder
 */
public record TinyFolder(
        String folder,
        @Nullable Double medianUJ,
        @Nullable Double logMedianUJ,
        @Nullable Double rateHz,
        List<Window> windows,
        List<Finding> findings) {

    public TinyFolder {
        windows = List.copyOf(windows);
        findings = List.copyOf(findings);
    }

    /**
     * A window of an energy run.
     *
     * @param number its number in the runner's log
     * @param startS its begin in the trace, s
     * @param endS its end in the trace, s
     * @param energyUJ the trace's samples in it, uJ
     * @param inferences how many inferences ran in it, by the log
     * @param perInferenceUJ energy over inferences, uJ
     * @param logEnergyUJ the energy that the runner printed, uJ
     */
    public record Window(
            int number,
            double startS,
            double endS,
            double energyUJ,
            double inferences,
            double perInferenceUJ,
            double logEnergyUJ) {}
}
