package dev.wattline.cli.campaign;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignEngine;
import dev.wattline.campaign.engine.CampaignEngine.Turn;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.Standing;
import dev.wattline.campaign.engine.Waiting;
import dev.wattline.campaign.local.CampaignFolder;
import dev.wattline.campaign.local.LocalMachine;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.PlanReader;
import dev.wattline.campaign.plan.PlanTemplate;
import dev.wattline.campaign.report.RunTable;
import dev.wattline.cli.json.CampaignJson;
import dev.wattline.cli.lab.AgentLoop;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import dev.wattline.records.index.IndexFile;
import dev.wattline.report.campaign.CampaignPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline campaign}: many sessions one after the other, which survive what a night brings. */
@Command(
        name = "campaign",
        description = {
            "Measure each cell of a plan's matrix, one after the other, with retries, on the measured machine.",
            "'run' goes on where the campaign stands, also after a kill, a reboot or a power loss, and restores first"
                    + " what was left set. While a session is measured only 'wattline run' is there. Linux only."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline campaign -c agent.yaml new > plan.yaml",
            "  wattline campaign -c agent.yaml check plan.yaml   cells, sessions, hours",
            "  wattline campaign -c agent.yaml run plan.yaml     begins, or goes on",
            "  wattline campaign -c agent.yaml status plan.yaml",
            "  wattline campaign -c agent.yaml report plan.yaml --html report.html",
            "  wattline campaign -c agent.yaml retry plan.yaml   those given up, once more",
            "  wattline campaign -c agent.yaml run plan.yaml --local    without an analyzer",
            "  wattline campaign -c agent.yaml pause plan.yaml   after this session",
            "  wattline campaign -c agent.yaml resume plan.yaml  so that run goes on again",
            "",
            "Exit status of run: 0 all cells are valid; 1 some were given up, or it is",
            "paused or was aborted; 2 usage, or a wrong plan; 130, 143 ended by a signal."
        })
public final class CampaignCommand implements Callable<Integer> {
    private static final Path INSTALLED = Path.of("/etc/wattline/agent.yaml");

    enum Action {
        NEW,
        CHECK,
        RUN,
        STATUS,
        REPORT,
        RETRY,
        PAUSE,
        RESUME,
        ABORT,
        CHOOSE,
        PACK
    }

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The agent's configuration (default: agent.yaml beside the plan, else"
                    + " /etc/wattline/agent.yaml).")
    private @Nullable Path config;

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = "new, check, run, status, report, retry, pause, resume, abort, choose or pack.")
    private Action action = Action.CHECK;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PLAN", description = "The plan; all but new need one.")
    private @Nullable Path file;

    @Option(names = "--csv", description = "Print the run table of report as CSV.")
    private boolean csv;

    @Option(names = "--html", paramLabel = "FILE", description = "Write report as a page.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print check, status or report as JSON.")
    private boolean json;

    @Option(names = "--amend", description = "Run: add the plan's new cells and repeats behind those that there are.")
    private boolean amend;

    @Option(
            names = "--accept-change",
            description = "Resume: what the agent's configuration says of a workload or a setting now is right.")
    private boolean acceptChange;

    @Option(names = "--after-session", description = "Abort: let the session that is measured come to its end.")
    private boolean afterSession;

    @Option(
            names = "--local",
            description =
                    "Without director and analyzer: each cell is one phase, measured by this machine's own sources."
                            + " Its sessions are informal, and lie in the folder informal of the results.")
    private boolean local;

    @ArgGroup(exclusive = false, heading = "%nOf an official campaign:%n")
    private OfficialCampaignOptions official = new OfficialCampaignOptions();

    @Override
    public Integer call() {
        if ((csv ? 1 : 0) + (json ? 1 : 0) + (html == null ? 0 : 1) > 1) {
            throw new UsageException("--csv, --json and --html contradict each other", "Give one of them.");
        }
        goesWith(csv, "--csv", Action.REPORT);
        goesWith(html != null, "--html", Action.REPORT);
        goesWith(amend, "--amend", Action.RUN);
        goesWith(acceptChange, "--accept-change", Action.RESUME);
        goesWith(afterSession, "--after-session", Action.ABORT);
        Path agent = agent();
        AgentConfig machine = local ? AgentLoop.informalConfig(agent) : AgentLoop.config(agent);
        if (action == Action.NEW) {
            System.out.print(official.plan(machine).orElseGet(() -> PlanTemplate.of(machine, agent, local)));
            return ExitCode.OK.code();
        }
        CampaignPlan plan = plan(machine);
        Path index = new IndexFile(machine.results()).file();
        CampaignFolder folder = new CampaignFolder(machine, plan);
        switch (action) {
            case CHECK -> new CampaignPreview(machine, plan, index).print(json, System.out::println);
            case RUN -> {
                return run(machine, plan, folder, index);
            }
            case RETRY -> new CampaignControl(machine, plan, folder).retry();
            case PAUSE -> new CampaignControl(machine, plan, folder).pause();
            case RESUME -> new CampaignControl(machine, plan, folder).resume(acceptChange);
            case ABORT -> new CampaignControl(machine, plan, folder).abort(afterSession);
            case CHOOSE -> official.choose(new CampaignControl(machine, plan, folder).begun(), folder.journal());
            case PACK -> {
                if (local) {
                    throw new UsageException("--local: no submission can be made of informal sessions", null);
                }
                return new CampaignPack(
                                machine,
                                plan,
                                new CampaignControl(machine, plan, folder).begun(),
                                folder.journal().entries())
                        .to(official.folder());
            }
            default -> {
                CampaignCells cells = new CampaignControl(machine, plan, folder).begun();
                CampaignState state = CampaignState.of(
                        cells.order(), plan.retry(), folder.journal().entries());
                RunTable table = table(plan, cells, state, index);
                CampaignReport report = new CampaignReport(plan, cells, state, table);
                Path page = html;
                if (page != null) {
                    write(page, CampaignPage.html(plan, cells, state, table, footer()));
                    System.out.println("report in " + page.toAbsolutePath().normalize());
                } else if (json) {
                    System.out.println(CampaignJson.of(plan, cells, state, table, action == Action.REPORT));
                } else if (action == Action.STATUS) {
                    report.status(System.out::println);
                    new CampaignPreview(machine, plan, index).left(cells, state).ifPresent(System.out::println);
                } else if (csv) {
                    System.out.print(report.csv());
                } else {
                    report.print(System.out::println);
                }
            }
        }
        return ExitCode.OK.code();
    }

    private static String footer() {
        return "Written by Wattline " + Version.version() + ", commit " + Version.commit() + ".";
    }

    private static void write(Path file, String text) {
        try {
            DurableFile.replace(file, text);
        } catch (IOException e) {
            throw new CampaignException("cannot write " + file + ": " + IoErrors.of(e), null, e);
        }
    }

    private void goesWith(boolean given, String option, Action with) {
        if (given && action != with) {
            throw new UsageException(option + " goes with " + with.name().toLowerCase(Locale.ROOT), null);
        }
    }

    private Path agent() {
        Path given = config;
        if (given != null) {
            return given;
        }
        Path plan = file;
        Path beside =
                plan == null ? Path.of("agent.yaml") : plan.toAbsolutePath().resolveSibling("agent.yaml");
        return Files.exists(beside) ? beside : INSTALLED;
    }

    private CampaignPlan plan(AgentConfig machine) {
        Path given = file;
        if (given == null) {
            throw new UsageException(
                    "name a plan", "'wattline campaign -c agent.yaml new > plan.yaml' writes one to begin with.");
        }
        try {
            CampaignPlan plan = PlanReader.read(given, machine);
            return local ? plan.informal() : plan;
        } catch (AgentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
    }

    private static void say(String line) {
        System.err.println("wattline campaign: " + line);
    }

    private Integer run(AgentConfig machine, CampaignPlan plan, CampaignFolder folder, Path index) {
        OptionalInt ran = AgentLoop.ran(); // the loop's second turn: the runner has ended
        LocalAgent.Loop loop =
                ran.isEmpty() ? AgentLoop.find() : AgentLoop.present().orElse(null);
        // Not in the loop's second turn: what was handed over is ended with the order that it was begun with.
        CampaignCells cells = amend && ran.isEmpty() ? folder.amend() : folder.begin();
        if (ran.isEmpty() && loop != null) {
            CampaignControl.note(folder, loop);
        }
        List<Turn> turns = new ArrayList<>(); // those that were done
        StopSignal stop = new StopSignal();
        CampaignSessions sessions = new CampaignSessions(machine, folder, CampaignCommand::say);
        try (LocalMachine local = new LocalMachine(
                machine, plan, AgentLoop.state(), loop, CampaignCommand::say, CampaignSessions::index)) {
            Runnable interrupt = () -> {
                stop.stop();
                local.interrupt();
                sessions.interrupt();
            };
            AgentLoop.interruptible(interrupt, () -> {
                if (ran.isPresent()) {
                    turns.add(engine(plan, cells, folder, index, local, stop).finish(ran.getAsInt()));
                    if (turns.get(0) == Turn.ENDED && AgentLoop.goesOn() && AgentLoop.tellRestored()) {
                        local.release();
                        CampaignCells next = amend ? folder.amend() : cells;
                        turns.add(engine(plan, next, folder, index, local, stop).next());
                    }
                } else {
                    turns.add(engine(plan, cells, folder, index, local, stop).next());
                }
                if (turns.contains(Turn.DONE) && !plan.isInformal()) {
                    sessions.writeReports();
                }
            });
        }
        return switch (turns.get(turns.size() - 1)) {
            case HANDED_OVER -> AgentLoop.HANDED_OVER;
            case ENDED -> ExitCode.OK.code();
            case STOPPED -> ExitCode.TERMINATED.code();
            case PAUSED -> {
                say("'wattline campaign resume " + plan.argument() + "' lets it go on");
                yield ExitCode.FAILURE.code();
            }
            case ABORTED -> ExitCode.FAILURE.code();
            case DONE -> done(plan, folder, cells);
        };
    }

    private static CampaignEngine engine(
            CampaignPlan plan,
            CampaignCells cells,
            CampaignFolder folder,
            Path index,
            LocalMachine local,
            StopSignal stop) {
        return new CampaignEngine(
                cells, folder.journal(), local, TimeSource.system(), stop, new CampaignEngine.Observer() {
                    @Override
                    public void say(String line) {
                        CampaignCommand.say(line);
                    }

                    @Override
                    public void ended(CampaignState state) {
                        writeTable(plan, cells, state, folder, index);
                    }
                });
    }

    private static int done(CampaignPlan plan, CampaignFolder folder, CampaignCells cells) {
        CampaignState state =
                CampaignState.of(cells.order(), plan.retry(), folder.journal().entries());
        int failed = state.count(Standing.Status.FAILED);
        say("done: " + state.count(Standing.Status.VALID) + " sessions are valid, " + failed + " were given up"
                + (failed > 0 ? "; 'wattline campaign status " + plan.argument() + "' tells why" : ""));
        return failed > 0 ? ExitCode.FAILURE.code() : ExitCode.OK.code();
    }

    private static RunTable table(CampaignPlan plan, CampaignCells cells, CampaignState state, Path index) {
        return RunTable.of(
                cells, state, index, plan.isInformal() ? RunTable.informalMetrics(plan, state, index) : plan.metrics());
    }

    private static void writeTable(
            CampaignPlan plan, CampaignCells cells, CampaignState state, CampaignFolder folder, Path index) {
        try {
            RunTable table = table(plan, cells, state, index);
            DurableFile.replace(folder.table(), new CampaignReport(plan, cells, state, table).csv());
        } catch (IOException e) {
            say("warning: cannot write " + folder.table() + ": " + IoErrors.of(e));
        }
    }

    /** Waits until it is over or a signal has come. */
    private static final class StopSignal implements Waiting {
        private final CountDownLatch stopped = new CountDownLatch(1);

        void stop() {
            stopped.countDown();
        }

        @Override
        public boolean await(Duration time) {
            try {
                return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        @Override
        public boolean isStopped() {
            return stopped.getCount() == 0;
        }
    }
}
