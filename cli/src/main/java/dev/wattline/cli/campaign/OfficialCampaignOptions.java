package dev.wattline.cli.campaign;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignJournal;
import dev.wattline.campaign.engine.JournalEntry;
import dev.wattline.campaign.plan.PlanTemplate;
import dev.wattline.cli.options.SessionOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.model.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code campaign} that go with {@code new --official}, {@code choose} and {@code pack}. */
final class OfficialCampaignOptions {
    enum Division {
        CLOSED,
        OPEN
    }

    enum Category {
        DATACENTER,
        EDGE
    }

    @Option(names = "--official", description = "New: a plan of sessions to be submitted.")
    private boolean official;

    @Option(names = "--round", paramLabel = "ROUND", description = "New: such as v5.1 (default: the newest).")
    private @Nullable String round;

    @Option(names = "--division", paramLabel = "NAME", description = "New: closed or open (default: closed).")
    private Division division = Division.CLOSED;

    @Option(names = "--category", paramLabel = "NAME", description = "New: datacenter or edge (default: datacenter).")
    private Category category = Category.DATACENTER;

    @Option(names = "--models", paramLabel = "NAMES", split = ",", description = "New: benchmarks, such as bert-99.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--inferred",
            description = "New: leave out what the official checker infers on the edge: all but SingleStream.")
    private boolean inferred;

    @Option(names = "--cell", paramLabel = "KEY", description = "Choose: of which cell.")
    private @Nullable String cell;

    @Option(names = "--repeat", paramLabel = "N", description = "Choose: which repeat (default: 1).")
    private int repeat = 1;

    @Option(names = "--attempt", paramLabel = "N", description = "Choose: which attempt is submitted.")
    private int attempt;

    @Option(names = "--why", paramLabel = "TEXT", description = "Choose: the reason, which is kept.")
    private String why = "";

    @Option(names = "--to", paramLabel = "FOLDER", description = "Pack: the folder that is to hold results/.")
    private @Nullable Path to;

    /** The text of a new official plan; empty if none was asked for. */
    Optional<String> plan(AgentConfig machine) {
        if (!official) {
            return Optional.empty();
        }
        if (models.isEmpty()) {
            throw new UsageException("--official needs --models", "Such as --models bert-99,resnet50.");
        }
        if (inferred && category != Category.EDGE) {
            throw new UsageException(
                    "--inferred: results are inferred on the edge only",
                    "Give --category edge, or leave --inferred out.");
        }
        SessionOptions.requireRound(round);
        return Optional.of(PlanTemplate.official(
                machine, round == null ? Rounds.LATEST : round, word(division), word(category), models, inferred));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void choose(CampaignCells cells, CampaignJournal journal) {
        String key = cell;
        if (key == null || attempt < 1 || why.isBlank()) {
            throw new UsageException(
                    "choose needs --cell, --attempt and --why",
                    "The first valid session is submitted where nobody chooses; another takes a reason.");
        }
        var chosen = CampaignPack.choice(
                journal.entries(), cells, key, repeat, attempt, why, System.getProperty("user.name", "somebody"));
        journal.append(new JournalEntry(TimeSource.system().now(), chosen));
        System.out.println("chosen: attempt " + attempt + " of " + cells.shown(chosen.what()));
    }

    /** Where a submission's tree goes. */
    Path folder() {
        Path folder = to;
        if (folder == null) {
            throw new UsageException("pack needs --to", "Name the folder that is to hold results/.");
        }
        return folder;
    }
}
