package dev.wattline.campaign.local;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignJournal;
import dev.wattline.campaign.engine.CampaignLine;
import dev.wattline.campaign.engine.JournalEntry;
import dev.wattline.campaign.engine.JournalFile;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RunOrder;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A campaign's folder, {@code lab/campaigns/NAME} below the folder of sessions: its order, which is made once, its journal, a
 * copy of its plan, the outcomes that runners left, and the run table.
 */
public final class CampaignFolder {
    private static final String SEED = "# seed ";
    private final Path folder;
    private final CampaignPlan plan;

    public CampaignFolder(AgentConfig config, CampaignPlan plan) {
        this.folder = config.results().resolve("lab").resolve("campaigns").resolve(plan.name());
        this.plan = plan;
    }

    /** The folder. */
    public Path path() {
        return folder;
    }

    /** The journal. */
    public CampaignJournal journal() {
        return new JournalFile(folder.resolve("journal.log"));
    }

    /** Where the runner leaves how an attempt ended. */
    public Path outcome(String label) {
        return folder.resolve("outcomes").resolve(label);
    }

    /** The run table for people with a spreadsheet. */
    public Path table() {
        return folder.resolve("run-table.csv");
    }

    /** What the campaign measures, where it has been begun. */
    public Optional<CampaignCells> begun() {
        return begun(false);
    }

    private Optional<CampaignCells> begun(boolean amend) {
        Path file = order();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long seed = 0;
            List<CellRepeat> all = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(SEED)) {
                    seed = Long.parseLong(line.substring(SEED.length()));
                } else {
                    String[] words = line.split("\t", -1);
                    all.add(new CellRepeat(words[0], Integer.parseInt(words[1])));
                }
            }
            requireSame(all, amend);
            return Optional.of(cells(seed, all));
        } catch (IOException e) {
            throw new CampaignException("cannot read " + file + ": " + IoErrors.of(e), null, e);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new CampaignException(
                    file + " is no order of a campaign", "Somebody has changed it: put back what it was.", e);
        }
    }

    /** What the campaign measures; makes its folder and its order if it has not been begun. */
    public CampaignCells begin() {
        return begun().orElseGet(() -> {
            long seed = plan.seed().orElseGet(() -> (long) new SecureRandom().nextInt(Integer.MAX_VALUE));
            CampaignCells cells = cells(seed, RunOrder.of(plan, seed));
            write(cells, "plan.yaml");
            return cells;
        });
    }

    /**
     * Adds the plan's new cells and repeats behind those that there are, in an order of their own. Nothing that is there
     * moves, so that this can be done at any time.
     */
    public CampaignCells amend() {
        CampaignCells before = begun(true)
                .orElseThrow(() -> new CampaignException(
                        "the campaign " + plan.name() + " has not begun: there is nothing to add to",
                        "Run it without --amend.",
                        null));
        List<CellRepeat> all = new ArrayList<>(before.order());
        RunOrder.of(plan, before.seed() + all.size()).stream()
                .filter(what -> !before.order().contains(what))
                .forEach(all::add);
        int added = all.size() - before.order().size();
        CampaignCells cells = cells(before.seed(), all);
        if (added > 0) {
            write(cells, "plan-" + all.size() + ".yaml");
            journal().append(new JournalEntry(TimeSource.system().now(), new CampaignLine.Amended(added)));
        }
        return cells;
    }

    private void write(CampaignCells cells, String copy) {
        StringBuilder text = new StringBuilder(SEED + cells.seed() + "\n");
        cells.order()
                .forEach(what -> text.append(what.cell())
                        .append('\t')
                        .append(what.repeat())
                        .append('\t')
                        .append(cells.shown(what))
                        .append('\n'));
        try {
            Files.createDirectories(folder.resolve("outcomes"));
            Files.copy(plan.file(), folder.resolve(copy), StandardCopyOption.REPLACE_EXISTING);
            DurableFile.replace(order(), text.toString());
        } catch (IOException e) {
            throw new CampaignException("cannot write " + folder + ": " + IoErrors.of(e), null, e);
        }
    }

    /** Where the loop that measures is named: process id and when it began. */
    public Path loop() {
        return folder.resolve("loop");
    }

    private Path order() {
        return folder.resolve("order.tsv");
    }

    private CampaignCells cells(long seed, List<CellRepeat> order) {
        Map<String, Cell> byKey = new HashMap<>();
        plan.cells().keySet().forEach(cell -> byKey.put(cell.key(), cell));
        return new CampaignCells(
                plan.name(), seed, order, byKey, plan.before(), plan.retry(), plan.limits(), plan.reboot());
    }

    private void requireSame(List<CellRepeat> begun, boolean amend) {
        Set<CellRepeat> planned = new HashSet<>(RunOrder.of(plan, 0));
        Set<CellRepeat> gone = new HashSet<>(begun);
        gone.removeAll(planned);
        Set<CellRepeat> added = new HashSet<>(planned);
        begun.forEach(added::remove);
        if (!gone.isEmpty() || (!amend && !added.isEmpty())) {
            throw new CampaignException(
                    "the campaign " + plan.name() + " was begun with other cells: " + added.size()
                            + " sessions of the plan are new, " + gone.size()
                            + " of those begun are not in it any more",
                    (gone.isEmpty() ? "'run --amend' adds them behind the others. " : "Give the plan another name. ")
                            + "Gates, limits, comparisons and metrics may be changed while it runs.",
                    null);
        }
    }
}
