package dev.wattline.campaign.local;

import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.Machine.Result;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import dev.wattline.model.IoErrors;
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.index.Indexing;
import dev.wattline.records.query.Condition;
import dev.wattline.records.query.ResultQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a session counts: by what the runner left, and by the session's line in the index. */
public final class SessionVerdict {
    private static final List<String> KEYS = List.of(
            "session",
            "valid",
            "kind",
            "outcome",
            "suspect",
            "loadgen",
            "verdict",
            "checks.failing",
            "seconds.testing",
            "informal.outermost.energyJ");

    private static final int FIGURE = KEYS.size() - 1;

    private static final double LEAST_SECONDS = 600; // of all scenarios, by the rules of inference

    /** The checks that no program but MLCommons' own passes. */
    private static final Pattern SOURCES = Pattern.compile("Check (client|server) sources checksum");

    private SessionVerdict() {}

    /**
     * Of an attempt; empty if its runner did not come to an end by itself.
     *
     * @param results the folder of sessions
     * @param outcome what the runner left
     * @param kind of the campaign's sessions
     * @param adding adds a session to the index that is not in it yet
     */
    static Optional<Result> of(Path results, Path outcome, CampaignPlan.Kind kind, BiConsumer<IndexFile, Path> adding) {
        Optional<RunnerOutcome> left;
        try {
            left = RunnerOutcome.read(outcome);
        } catch (IOException e) {
            throw new CampaignException("cannot read " + outcome + ": " + IoErrors.of(e), null, e);
        }
        return left.map(how -> switch (how.end()) {
            case COMPLETE -> complete(results, Path.of(how.detail()), kind, adding);
            case WORKLOAD -> new Result(Optional.of(Cause.WORKLOAD), "", how.detail());
            case STOPPED -> new Result(Optional.of(Cause.STOPPED), "", how.detail());
            case INFRASTRUCTURE -> new Result(Optional.of(Cause.INFRASTRUCTURE), "", how.detail());
        });
    }

    /**
     * Why a complete session does not count; empty if it does. One of a ranging phase alone counts if nothing is suspect.
     *
     * @param results the folder of sessions
     * @throws dev.wattline.model.WattlineException if that cannot be known
     */
    public static List<String> objections(Path results, Path session) {
        Result result = complete(results, session, CampaignPlan.Kind.PROFILE, SessionVerdict::add);
        if (result.cause().isPresent()) {
            Result official = complete(results, session, CampaignPlan.Kind.OFFICIAL, SessionVerdict::add);
            result = official.cause().isEmpty() ? official : result;
        }
        return result.cause().isEmpty() ? List.of() : List.of(result.why());
    }

    private static Result complete(
            Path results, Path session, CampaignPlan.Kind kind, BiConsumer<IndexFile, Path> adding) {
        String name = String.valueOf(session.getFileName());
        IndexFile index = new IndexFile(results);
        Optional<Result> known = line(index, name, kind);
        if (known.isEmpty()) { // the runner does not add it, or was killed before it had
            adding.accept(index, session);
            known = line(index, name, kind);
        }
        return known.orElseGet(
                () -> new Result(Optional.of(Cause.INVALID), name, "the index does not take the session"));
    }

    private static void add(IndexFile index, Path session) {
        new Indexing(index, path -> {}).add(List.of(session));
    }

    private static Optional<Result> line(IndexFile index, String name, CampaignPlan.Kind kind) {
        if (!Files.exists(index.file())) {
            return Optional.empty();
        }
        List<Result> found = new ArrayList<>();
        new ResultQuery(index.file(), Condition.parse("session=" + name)).each(KEYS, row -> {
            found.clear();
            found.add(
                    counts(row, kind)
                            ? new Result(Optional.empty(), name, "")
                            : new Result(Optional.of(Cause.INVALID), name, why(row)));
        });
        return found.stream().findFirst();
    }

    private static boolean counts(@Nullable String[] row, CampaignPlan.Kind kind) {
        return switch (kind) {
            case OFFICIAL -> isGoodOfficial(row);
            case PROFILE -> "true".equals(row[1]) || isGood(row, "profile") || isGoodRanging(row);
            case INFORMAL -> isGoodInformal(row);
        };
    }

    /** Where LoadGen ran it must have been content, and a source must have told energy. */
    private static boolean isGoodInformal(@Nullable String[] row) {
        return "informal".equals(row[2])
                && "complete".equals(row[3])
                && isEmpty(row[4])
                && (row[5] == null || "VALID".equals(row[5]))
                && row[FIGURE] != null;
    }

    /** A session for oneself is never fit for submission, so that its verdict says nothing of whether it is good. */
    private static boolean isGood(@Nullable String[] row, String kind) {
        return kind.equals(row[2])
                && "complete".equals(row[3])
                && isEmpty(row[4])
                && "VALID".equals(row[5])
                && (isEmpty(row[7])
                        || Arrays.stream(String.valueOf(row[7]).split(",", -1))
                                .allMatch(
                                        check -> SOURCES.matcher(check.strip()).matches()));
    }

    /** The hashes of the program's sources are told when it is packed: no session of this program would count else. */
    private static boolean isGoodOfficial(@Nullable String[] row) {
        String seconds = row[8];
        return isGood(row, "official") && seconds != null && Double.parseDouble(seconds) >= LEAST_SECONDS;
    }

    private static boolean isGoodRanging(@Nullable String[] row) {
        return "ranging".equals(row[2]) && "complete".equals(row[3]) && isEmpty(row[4]);
    }

    private static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty() || value.equals("[]");
    }

    private static String why(@Nullable String[] row) {
        List<String> all = new ArrayList<>();
        if ("informal".equals(row[2]) && row[FIGURE] == null) {
            all.add("no source told energy");
        }
        for (int i = 2; i < FIGURE; i++) {
            String value = row[i];
            if (value != null && !isEmpty(value)) {
                all.add(KEYS.get(i) + " " + value);
            }
        }
        return String.join(", ", all);
    }
}
