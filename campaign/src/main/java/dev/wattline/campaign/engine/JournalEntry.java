package dev.wattline.campaign.engine;

import dev.wattline.campaign.engine.CampaignLine.Aborted;
import dev.wattline.campaign.engine.CampaignLine.Amended;
import dev.wattline.campaign.engine.CampaignLine.Attempt;
import dev.wattline.campaign.engine.CampaignLine.Begun;
import dev.wattline.campaign.engine.CampaignLine.Chosen;
import dev.wattline.campaign.engine.CampaignLine.Defined;
import dev.wattline.campaign.engine.CampaignLine.Done;
import dev.wattline.campaign.engine.CampaignLine.Gated;
import dev.wattline.campaign.engine.CampaignLine.HandedOver;
import dev.wattline.campaign.engine.CampaignLine.Paused;
import dev.wattline.campaign.engine.CampaignLine.Rebooting;
import dev.wattline.campaign.engine.CampaignLine.Resumed;
import dev.wattline.campaign.engine.CampaignLine.RetryAsked;
import dev.wattline.campaign.engine.CampaignLine.Verdict;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a campaign's journal. The order of the lines is what counts; the instants are for people and for waiting.
 *
 * @param at by the wall clock, which may have been wrong
 */
public record JournalEntry(Instant at, CampaignLine line) {
    /** As a line without its end: instant, kind, values, with TAB between them. */
    String text() {
        List<String> words = new ArrayList<>(List.of(at.toString(), kind()));
        words.addAll(values());
        return String.join("\t", words.stream().map(JournalEntry::clean).toList());
    }

    private static String clean(String text) {
        return text.replaceAll("[\\t\\r\\n]+", " ");
    }

    private String kind() {
        return line.getClass().getSimpleName();
    }

    private List<String> values() {
        if (line instanceof Begun begun) {
            return List.of(String.valueOf(begun.seed()), String.valueOf(begun.sessions()));
        } else if (line instanceof Attempt attempt) {
            return List.of(
                    attempt.what().cell(),
                    String.valueOf(attempt.what().repeat()),
                    String.valueOf(attempt.number()),
                    attempt.boot());
        } else if (line instanceof Gated gated) {
            return List.of(
                    gated.gate(), gated.value(), gated.open() ? "open" : "timeout", String.valueOf(gated.seconds()));
        } else if (line instanceof Verdict verdict) {
            return List.of(verdict.cause().map(Enum::name).orElse("VALID"), verdict.session(), verdict.why());
        } else if (line instanceof Paused paused) {
            return List.of(paused.why());
        } else if (line instanceof RetryAsked asked) {
            return List.of(asked.what().cell(), String.valueOf(asked.what().repeat()));
        } else if (line instanceof Defined defined) {
            return List.of(defined.name(), defined.hash(), defined.accepted() ? "accepted" : "first");
        } else if (line instanceof Chosen chosen) {
            return List.of(
                    chosen.what().cell(),
                    String.valueOf(chosen.what().repeat()),
                    String.valueOf(chosen.number()),
                    chosen.why(),
                    chosen.who());
        } else if (line instanceof Rebooting rebooting) {
            return List.of(String.valueOf(rebooting.number()));
        } else if (line instanceof Amended amended) {
            return List.of(String.valueOf(amended.sessions()));
        } else if (line instanceof Aborted aborted) {
            return List.of(aborted.who());
        }
        return List.of();
    }

    /** A line as it was written; empty if it is none. */
    static Optional<JournalEntry> parse(String text) {
        String[] words = text.split("\t", -1);
        try {
            CampaignLine line = switch (words[1]) {
                case "Begun" -> new Begun(Long.parseLong(words[2]), Integer.parseInt(words[3]));
                case "Attempt" ->
                    new Attempt(
                            new CellRepeat(words[2], Integer.parseInt(words[3])), Integer.parseInt(words[4]), words[5]);
                case "Gated" -> new Gated(words[2], words[3], words[4].equals("open"), Long.parseLong(words[5]));
                case "HandedOver" -> new HandedOver();
                case "Verdict" ->
                    new Verdict(
                            words[2].equals("VALID") ? Optional.empty() : Optional.of(Cause.valueOf(words[2])),
                            words[3],
                            words[4]);
                case "Paused" -> new Paused(words[2]);
                case "Resumed" -> new Resumed();
                case "RetryAsked" -> new RetryAsked(new CellRepeat(words[2], Integer.parseInt(words[3])));
                case "Defined" -> new Defined(words[2], words[3], words[4].equals("accepted"));
                case "Chosen" ->
                    new Chosen(
                            new CellRepeat(words[2], Integer.parseInt(words[3])),
                            Integer.parseInt(words[4]),
                            words[5],
                            words[6]);
                case "Rebooting" -> new Rebooting(Integer.parseInt(words[2]));
                case "Amended" -> new Amended(Integer.parseInt(words[2]));
                case "Aborted" -> new Aborted(words[2]);
                case "Done" -> new Done();
                default -> throw new IllegalArgumentException(words[1]);
            };
            return Optional.of(new JournalEntry(Instant.parse(words[0]), line));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
