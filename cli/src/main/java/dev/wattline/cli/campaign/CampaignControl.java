package dev.wattline.cli.campaign;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.job.LoopProcess;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignLine;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.JournalEntry;
import dev.wattline.campaign.engine.Standing;
import dev.wattline.campaign.local.CampaignFolder;
import dev.wattline.campaign.local.Definitions;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What somebody asks of a campaign from another shell: a line in its journal, which its next process reads. */
final class CampaignControl {
    private final AgentConfig machine;
    private final CampaignPlan plan;
    private final CampaignFolder folder;

    CampaignControl(AgentConfig machine, CampaignPlan plan, CampaignFolder folder) {
        this.machine = machine;
        this.plan = plan;
        this.folder = folder;
    }

    /** What the campaign measures, once it has begun. */
    CampaignCells begun() {
        return folder.begun()
                .orElseThrow(() -> new CampaignException(
                        "the campaign " + plan.name() + " has not begun: there is no " + folder.path(),
                        "'wattline campaign run " + plan.argument() + "' begins it.",
                        null));
    }

    private CampaignState state() {
        return CampaignState.of(begun().order(), plan.retry(), folder.journal().entries());
    }

    private void add(CampaignLine line) {
        folder.journal().append(new JournalEntry(TimeSource.system().now(), line));
    }

    private static String user() {
        return System.getProperty("user.name", "somebody");
    }

    void retry() {
        List<CellRepeat> failed = state().standings().entrySet().stream()
                .filter(entry -> entry.getValue().status() == Standing.Status.FAILED)
                .map(Map.Entry::getKey)
                .toList();
        failed.forEach(what -> add(new CampaignLine.RetryAsked(what)));
        System.out.println(failed.size() + " sessions are to be tried again; 'wattline campaign run " + plan.argument()
                + "' does it");
    }

    void pause() {
        CampaignState state = running();
        if (state.paused().isEmpty()) {
            add(new CampaignLine.Paused("operator: asked for by " + user()));
        }
        System.out.println(
                state.open().isPresent()
                        ? "pauses after the session that is measured"
                        : "paused; 'wattline campaign resume " + plan.argument() + "' lets it go on");
    }

    private CampaignState running() {
        CampaignState state = state();
        if (state.history().aborted() || state.isDone()) {
            throw new CampaignException(
                    "the campaign " + plan.name() + (state.isDone() ? " is done" : " was aborted"), null, null);
        }
        return state;
    }

    void resume(boolean acceptChange) {
        CampaignState state = running();
        Map<String, String> changed = changed(state);
        if (!changed.isEmpty() && !acceptChange) {
            throw new CampaignException(
                    "changed since the first session with it: " + String.join(", ", changed.keySet()),
                    "Put back in the agent's configuration what it was, or say --accept-change: the report names it"
                            + " then.",
                    null);
        }
        changed.forEach((name, hash) -> add(new CampaignLine.Defined(name, hash, true)));
        if (state.paused().isPresent()) {
            add(new CampaignLine.Resumed());
        }
        System.out.println((state.paused().isPresent() ? "resumed" : "was not paused")
                + (changed.isEmpty() ? "" : "; accepted: " + String.join(", ", changed.keySet()))
                + "; 'wattline campaign run " + plan.argument() + "' goes on");
    }

    private Map<String, String> changed(CampaignState state) {
        Map<String, String> changed = new TreeMap<>();
        plan.cells()
                .keySet()
                .forEach(cell -> Definitions.of(cell, machine).forEach((name, hash) -> {
                    String first = state.history().definitions().get(name);
                    if (first != null && !first.equals(hash)) {
                        changed.put(name, hash);
                    }
                }));
        return changed;
    }

    void abort(boolean afterSession) {
        running();
        add(new CampaignLine.Aborted(user()));
        Optional<ProcessHandle> loop = loop();
        if (loop.isPresent() && !afterSession) {
            loop.get().destroy(); // it passes the signal on to the runner, and restores the settings
        }
        System.out.println(
                loop.isEmpty()
                        ? "aborted"
                        : afterSession
                                ? "ends after the session that is measured"
                                : "ends; process " + loop.get().pid() + " restores the settings");
    }

    /** Notes which loop measures, so that it can be ended. */
    static void note(CampaignFolder folder, LocalAgent.Loop loop) {
        try {
            DurableFile.replace(folder.loop(), loop.pid() + " " + loop.startTicks() + "\n");
        } catch (IOException e) {
            throw new CampaignException("cannot write " + folder.loop() + ": " + IoErrors.of(e), null, e);
        }
    }

    private Optional<ProcessHandle> loop() {
        try {
            String[] words = Files.readString(folder.loop()).strip().split(" ", -1);
            long pid = Long.parseLong(words[0]);
            boolean same = words.length == 2
                    && LoopProcess.startTicks(pid)
                            .filter(ticks -> words[1].equals(String.valueOf(ticks)))
                            .isPresent();
            return same ? ProcessHandle.of(pid) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CampaignException("cannot read " + folder.loop() + ": " + IoErrors.of(e), null, e);
        } catch (NumberFormatException e) {
            return Optional.empty(); // a crash cut it: there is no loop any more
        }
    }
}
