package dev.wattline.cli.campaign;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignLine;
import dev.wattline.campaign.engine.EndedAttempt;
import dev.wattline.campaign.engine.JournalEntry;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.Submission;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.SessionOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.compliance.pack.SubmissionPacker;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.query.ResultQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The submission's tree of an official campaign: of each cell the one session that is chosen, whole, and a list of all attempts. */
final class CampaignPack {
    /** What must not differ between the sessions of a submission. */
    private static final List<String> FINGERPRINT = List.of(
            "machine.firmware",
            "machine.os",
            "machine.kernel",
            "machine.bootOptions",
            "machine.cpu",
            "machine.cpuLimits",
            "machine.smt",
            "machine.governor",
            "machine.turbo",
            "machine.gpus",
            "machine.gpu",
            "machine.gpuLimitW",
            "analyzers",
            "versions.driver",
            "versions.ptd");

    private final AgentConfig machine;
    private final CampaignPlan plan;
    private final Submission submission;
    private final CampaignCells cells;
    private final List<JournalEntry> journal;

    CampaignPack(AgentConfig machine, CampaignPlan plan, CampaignCells cells, List<JournalEntry> journal) {
        this.machine = machine;
        this.plan = plan;
        this.cells = cells;
        this.journal = journal;
        this.submission = plan.submission()
                .orElseThrow(() -> new UsageException(
                        "the plan does not say where its sessions go",
                        "'kind: official' with the key 'submission' does; see docs/campaigns.md."));
    }

    /** Packs; 0 if all official checks pass. */
    int to(Path folder) {
        String round = submission.round().isEmpty() ? Rounds.LATEST : submission.round();
        SessionOptions.requireRound(round);
        Map<String, EndedAttempt> chosen = chosen();
        Path results = folder.resolve("results").resolve(submission.system());
        int status = ExitCode.OK.code();
        for (Map.Entry<String, EndedAttempt> one : chosen.entrySet()) {
            Path performance = results.resolve(one.getKey()).resolve("performance");
            SubmissionPacker.Packed packed = SubmissionPacker.pack(session(one.getValue()), performance, round, null);
            SessionReport report = new SessionChecker(new CheckOptions(round, null, true)).check(packed.performance());
            status = Math.max(status, report.exitCode());
            System.out.println(one.getKey() + ": " + one.getValue().session() + ", "
                    + report.together().level().word() + "; to be completed by you: "
                    + packed.documents().powerSettings());
        }
        Path attempts = folder.resolve("campaign-" + plan.name() + "-attempts.tsv");
        try {
            Files.createDirectories(folder);
            DurableFile.replace(attempts, attempts());
        } catch (IOException e) {
            throw new CampaignException("cannot write " + attempts + ": " + IoErrors.of(e), null, e);
        }
        System.out.println("all attempts: " + attempts);
        List<String> differences = differences(chosen);
        differences.forEach(line -> System.out.println("differs between the sessions of the submission: " + line));
        return differences.isEmpty() ? status : ExitCode.FAILURE.code();
    }

    private Path session(EndedAttempt attempt) {
        return machine.results().resolve(attempt.session());
    }

    /** By place; nothing is packed where one is missing. */
    private Map<String, EndedAttempt> chosen() {
        Map<String, EndedAttempt> all = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        submission.places().forEach((workload, place) -> {
            for (Cell cell : plan.cells().keySet()) {
                if (cell.workload().equals(workload)) {
                    EndedAttempt.chosen(cell.key(), journal)
                            .ifPresentOrElse(
                                    attempt -> all.put(place, attempt),
                                    () -> missing.add(place + " (" + workload + ")"));
                }
            }
        });
        submission.inferred().forEach((place, base) -> {
            EndedAttempt attempt = all.get(base);
            if (attempt != null) {
                all.put(place, attempt);
            }
        });
        if (!missing.isEmpty()) {
            throw new CampaignException(
                    "there is no valid session for " + String.join(", ", missing),
                    "'wattline campaign status " + plan.argument() + "' tells what became of its attempts.",
                    null);
        }
        return all;
    }

    private String attempts() {
        StringBuilder text =
                new StringBuilder("cell\tfactors\trepeat\tattempt\tended\tresult\twhy\tsession\tchosen\treason\n");
        for (EndedAttempt attempt : EndedAttempt.of(journal)) {
            String cell = attempt.what().cell();
            boolean chosen =
                    EndedAttempt.chosen(cell, journal).filter(attempt::equals).isPresent();
            Cell known = cells.byKey().get(cell);
            text.append(String.join(
                            "\t",
                            cell,
                            known == null ? "" : known.shown(),
                            String.valueOf(attempt.what().repeat()),
                            String.valueOf(attempt.number()),
                            attempt.at().toString(),
                            attempt.cause().map(Enum::name).orElse("VALID"),
                            attempt.why(),
                            attempt.session(),
                            chosen ? "chosen" : "",
                            chosen ? reason(cell) : ""))
                    .append('\n');
        }
        return text.toString();
    }

    private String reason(String cell) {
        return EndedAttempt.choice(cell, journal)
                .map(choice -> choice.why() + " (" + choice.who() + ")")
                .orElse("the first valid one");
    }

    static CampaignLine.Chosen choice(
            List<JournalEntry> journal,
            CampaignCells cells,
            String cell,
            int repeat,
            int attempt,
            String why,
            String who) {
        if (!cells.byKey().containsKey(cell)) {
            throw new UsageException(
                    "there is no cell " + cell, "'wattline campaign report --csv' names them in its column cell.");
        }
        return EndedAttempt.of(journal).stream()
                .filter(one ->
                        one.what().cell().equals(cell) && one.what().repeat() == repeat && one.number() == attempt)
                .filter(EndedAttempt::isValid)
                .findFirst()
                .map(one -> new CampaignLine.Chosen(one.what(), attempt, why, who))
                .orElseThrow(() -> new UsageException(
                        "attempt " + attempt + " of repeat " + repeat + " of cell " + cell + " is no valid session",
                        "Only a session that counts can be chosen."));
    }

    private List<String> differences(Map<String, EndedAttempt> chosen) {
        Path index = new IndexFile(machine.results()).file();
        Map<String, Set<String>> values = new TreeMap<>();
        List<String> sessions =
                chosen.values().stream().map(EndedAttempt::session).toList();
        List<String> keys = new ArrayList<>(List.of("session"));
        keys.addAll(FINGERPRINT);
        if (Files.exists(index)) {
            new ResultQuery(index, List.of()).each(keys, row -> {
                if (sessions.contains(row[0])) {
                    for (int i = 1; i < row.length; i++) {
                        values.computeIfAbsent(keys.get(i), key -> new TreeSet<>())
                                .add(row[i] == null ? "unknown" : String.valueOf(row[i]));
                    }
                }
            });
        }
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + ": " + String.join(" and ", entry.getValue()))
                .toList();
    }
}
