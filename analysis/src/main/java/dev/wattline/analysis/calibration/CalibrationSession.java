package dev.wattline.analysis.calibration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one session beside a meter gave.
 *
 * @param begin when it began
 * @param seconds its length
 * @param files SHA-256 of the files that it was made of, by name
 * @param levels how many different levels of load it had; 0 where not known
 * @param cpuExercised whether it loaded the processors by themselves
 * @param models wall models, the best first
 * @param nodes what management controllers show
 * @param cooling what fans and temperatures were; {@link Cooling#NONE} where no source told
 * @param notes what a user is to know of it, a sentence each
 */
public record CalibrationSession(
        Instant begin,
        double seconds,
        Map<String, String> files,
        int levels,
        boolean cpuExercised,
        List<WallModel> models,
        List<NodeModel> nodes,
        Cooling cooling,
        List<String> notes) {
    public CalibrationSession {
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
        models = List.copyOf(models);
        nodes = List.copyOf(nodes);
        notes = List.copyOf(notes);
    }

    /** The same with other notes. */
    public CalibrationSession with(List<String> others) {
        return new CalibrationSession(begin, seconds, files, levels, cpuExercised, models, nodes, cooling, others);
    }
}
