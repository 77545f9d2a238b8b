package dev.wattline.compliance.rounds;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session says of the round that it was measured for.
 *
 * @param folders the rounds that folders above it are named after: {@code v4.1}, {@code inference_results_v4.1}
 * @param ptdVersion PTDaemon's version, such as {@code 1.11.1}; empty if unknown
 * @param messagesAhead how many messages more than the client the director recorded
 * @param sources the recorded hashes of the director's and the client's source files
 * @param measured the day of the testing phase
 * @param loadgen the round that LoadGen says it is of, such as {@code v4.1}
 */
public record RoundEvidence(
        List<NamedFolder> folders,
        String ptdVersion,
        int messagesAhead,
        List<Object> sources,
        Optional<LocalDate> measured,
        Optional<String> loadgen) {

    /**
     * A folder that is named after a round.
     *
     * @param results whether it is a repository of published results
     */
    public record NamedFolder(String name, String round, boolean results) {}

    private static final Pattern ROUND =
            Pattern.compile("(?:(.*results)_)?(v\\d{1,2}\\.\\d{1,2})(?:\\.\\d+)?(?:-main|-master)?");

    public RoundEvidence {
        folders = List.copyOf(folders);
        sources = List.copyOf(sources);
    }

    /** The folders on a path that are named after a known round. */
    public static List<NamedFolder> folders(Path path) {
        List<NamedFolder> named = new ArrayList<>();
        for (Path part : path) {
            String name = part.toString();
            Matcher matcher = ROUND.matcher(name);
            String round = matcher.matches() ? matcher.group(2) : null;
            if (round != null && Rounds.names().contains(round)) {
                named.add(new NamedFolder(name, round, matcher.group(1) != null));
            }
        }
        return named;
    }
}
