package dev.wattline.analysis.source;

import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.files.TelemetryMeta;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was used in all phases of a name, as a workload marked them, such as {@code prefill} and {@code decode}. By the sources
 * that the runner reads itself.
 *
 * @param name the phases' name
 * @param count how many there were
 * @param seconds their length together
 * @param energies a row for each scope and source; the errors of one source in several phases are taken as the same
 */
public record PhaseEnergy(String name, int count, double seconds, List<ScopeEnergy> energies) {
    public PhaseEnergy {
        energies = List.copyOf(energies);
    }

    /**
     * Adds up.
     *
     * @param folder that of {@code meta.json}
     * @param phases by the machine's clock
     */
    public static List<PhaseEnergy> of(Path folder, TelemetryMeta meta, List<GivenPhase> phases) {
        List<Track> tracks = ReadingFiles.read(folder, meta);
        double ahead = tracks.stream()
                .filter(track -> track.size() > 0)
                .mapToDouble(Track::utcLessS)
                .findFirst()
                .orElse(0);
        Map<String, PhaseEnergy> byName = new LinkedHashMap<>();
        for (GivenPhase phase : phases) {
            double from = phase.startMs() / 1e3 - ahead;
            double to = phase.endMs() / 1e3 - ahead;
            List<ScopeEnergy> energies = EnergyStatement.energies(tracks, from, to);
            energies.sort(EnergyStatement::outermostFirst);
            byName.merge(phase.name(), new PhaseEnergy(phase.name(), 1, to - from, energies), PhaseEnergy::and);
        }
        return List.copyOf(byName.values());
    }

    /** Both have the same scopes and sources in the same order, for they are of the same logs. */
    private PhaseEnergy and(PhaseEnergy other) {
        List<ScopeEnergy> sums = new ArrayList<>();
        for (int i = 0; i < energies.size(); i++) {
            ScopeEnergy a = energies.get(i);
            ScopeEnergy b = other.energies.get(i);
            sums.add(new ScopeEnergy(
                    a.scope(),
                    a.source(),
                    a.kind(),
                    a.devices(),
                    a.energyJ() + b.energyJ(),
                    a.sigmaJ() + b.sigmaJ(),
                    a.why().isEmpty() ? b.why() : a.why()));
        }
        return new PhaseEnergy(name, count + other.count, seconds + other.seconds, sums);
    }
}
