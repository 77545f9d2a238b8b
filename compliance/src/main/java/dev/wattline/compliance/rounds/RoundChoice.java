package dev.wattline.compliance.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rules to judge a session by, for its verdicts and its metric alike. The round is the one that most of the evidence
 * speaks for; what speaks for another is told.
 *
 * @param rules of the round
 * @param reason why this round
 * @param against what speaks against it, a clause each; empty where nothing does, and where the round was asked for
 */
public record RoundChoice(RoundRules rules, String reason, List<String> against) {
    // What a published folder says is certain. PTDaemon's version leaves out most rounds and the day nearly all others;
    // labs keep an older LoadGen, or name a folder after something else.
    private static final int RESULTS_FOLDER = 12;
    private static final int FOLDER = 3;
    private static final int PTDAEMON = 4;
    private static final int DAY = 4;
    private static final int DAY_OF_NEXT = 3; // the last weeks before a round's end are those of the next one as well
    private static final int MESSAGES = 3;
    private static final int LOADGEN = 2;
    private static final int SOURCES = 1;

    public RoundChoice {
        against = List.copyOf(against);
    }

    /**
     * The round that was asked for.
     *
     * @throws IllegalArgumentException if there is no round of this name
     */
    public static RoundChoice asked(String name) {
        RoundRules rules =
                Rounds.find(name).orElseThrow(() -> new IllegalArgumentException("there is no round '" + name + "'"));
        return new RoundChoice(rules, "as asked for", List.of());
    }

    /** The round that a session was measured for. */
    public static RoundChoice of(RoundEvidence evidence) {
        List<RoundEntry> rounds = Rounds.entries();
        int[] scores = rounds.stream()
                .mapToInt(round -> score(round, rounds, evidence))
                .toArray();
        int best = newestOfBest(scores);
        if (isClose(scores, best)) { // hashes of all rounds are much to read for those that need them not
            for (int i = 0; i < scores.length; i++) {
                for (Object hashes : evidence.sources()) {
                    scores[i] += rounds.get(i).knows(hashes) ? SOURCES : 0;
                }
            }
            best = newestOfBest(scores);
        }
        if (scores[best] == 0) {
            return new RoundChoice(
                    Rounds.latest(),
                    evidence.ptdVersion().isEmpty()
                            ? "the session does not tell its round"
                            : "no round accepts PTDaemon " + evidence.ptdVersion(),
                    List.of());
        }
        RoundEntry chosen = rounds.get(best);
        List<String> reasons = new ArrayList<>();
        List<String> against = new ArrayList<>();
        weigh(chosen, rounds, evidence, reasons, against);
        return new RoundChoice(Rounds.rules(chosen), String.join(", ", reasons), against);
    }

    /** The index of the highest score, of several the last: the newest round. */
    private static int newestOfBest(int... scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] >= scores[best] ? i : best;
        }
        return best;
    }

    private static boolean isClose(int[] scores, int best) {
        for (int i = 0; i < scores.length; i++) {
            if (i != best && scores[best] - scores[i] <= 2 * SOURCES) {
                return true;
            }
        }
        return false;
    }

    private static int score(RoundEntry round, List<RoundEntry> rounds, RoundEvidence evidence) {
        int score = evidence.folders().stream()
                .filter(folder -> folder.round().equals(round.name()))
                .mapToInt(folder -> folder.results() ? RESULTS_FOLDER : FOLDER)
                .max()
                .orElse(0);
        score += round.ptdVersions().contains(evidence.ptdVersion()) ? PTDAEMON : 0;
        score += evidence.messagesAhead() == round.serverMessagesAhead() && isKnownCount(rounds, evidence)
                ? MESSAGES
                : 0;
        Optional<RoundEntry> ofDay = ofDay(rounds, evidence);
        if (ofDay.isPresent()) {
            int ahead = rounds.indexOf(round) - rounds.indexOf(ofDay.get());
            score += ahead == 0 ? DAY : ahead == 1 ? DAY_OF_NEXT : 0;
        }
        return score + (evidence.loadgen().equals(Optional.of(round.name())) ? LOADGEN : 0);
    }

    /** Whether a round's director counts that many messages ahead, and the count tells rounds apart by that. */
    private static boolean isKnownCount(List<RoundEntry> rounds, RoundEvidence evidence) {
        return !evidence.ptdVersion().isEmpty()
                && rounds.stream().anyMatch(round -> round.serverMessagesAhead() == evidence.messagesAhead());
    }

    /** The first round that a measurement of the day can have been submitted to. */
    private static Optional<RoundEntry> ofDay(List<RoundEntry> rounds, RoundEvidence evidence) {
        return evidence.measured()
                .flatMap(day -> rounds.stream()
                        .filter(round -> round.covers(day.toString()))
                        .findFirst());
    }

    private static void weigh(
            RoundEntry chosen,
            List<RoundEntry> rounds,
            RoundEvidence evidence,
            List<String> reasons,
            List<String> against) {
        for (RoundEvidence.NamedFolder folder : evidence.folders()) {
            if (folder.round().equals(chosen.name())) {
                reasons.add("folder " + folder.name());
            } else {
                against.add("a folder is called " + folder.name());
            }
        }
        String version = evidence.ptdVersion();
        if (chosen.ptdVersions().contains(version)) {
            reasons.add("PTDaemon " + version);
        } else if (!version.isEmpty()) {
            against.add(chosen.name() + " does not accept PTDaemon " + version);
        }
        evidence.measured().ifPresent(day -> {
            RoundEntry ofDay = ofDay(rounds, evidence).orElse(chosen);
            int ahead = rounds.indexOf(chosen) - rounds.indexOf(ofDay);
            (ahead == 0 || ahead == 1 ? reasons : against).add("measured on " + day + estimate(rounds, ofDay));
        });
        evidence.loadgen().ifPresent(loadgen -> {
            if (loadgen.equals(chosen.name())) {
                reasons.add("LoadGen " + loadgen);
            } else {
                against.add("LoadGen's log says " + loadgen
                        + (Rounds.names().contains(loadgen)
                                ? ""
                                : ", which is not known (--round " + loadgen
                                        + "=latest takes the newest rules for it)"));
            }
        });
    }

    /** What is to be said where the day on which this round began or ended is an estimate. */
    private static String estimate(List<RoundEntry> rounds, RoundEntry ofDay) {
        int at = rounds.indexOf(ofDay);
        String ends = rounds.subList(Math.max(0, at - 1), at + 1).stream()
                .filter(RoundEntry::estimated)
                .map(RoundEntry::name)
                .collect(Collectors.joining(" and "));
        return ends.isEmpty() ? "" : " (when " + ends + " ended is an estimate)";
    }
}
