package dev.wattline.cli;

import dev.wattline.cli.campaign.CampaignCommand;
import dev.wattline.cli.check.CheckCommand;
import dev.wattline.cli.check.MetricCommand;
import dev.wattline.cli.check.PackCommand;
import dev.wattline.cli.demo.DemoCommand;
import dev.wattline.cli.lab.AgentCommand;
import dev.wattline.cli.lab.LogsCommand;
import dev.wattline.cli.lab.QueueCommand;
import dev.wattline.cli.lab.ReserveCommand;
import dev.wattline.cli.lab.RetryCommand;
import dev.wattline.cli.lab.StartCommand;
import dev.wattline.cli.lab.StopCommand;
import dev.wattline.cli.lab.SutsCommand;
import dev.wattline.cli.lab.WorkloadsCommand;
import dev.wattline.cli.ledger.LedgerCommand;
import dev.wattline.cli.ledger.TinyCommand;
import dev.wattline.cli.ledger.TrainingCommand;
import dev.wattline.cli.mock.MockMachineCommand;
import dev.wattline.cli.mock.MockPtdCommand;
import dev.wattline.cli.mock.MockSmiCommand;
import dev.wattline.cli.power.AnalyzeCommand;
import dev.wattline.cli.power.CalibrateCommand;
import dev.wattline.cli.power.CalibrationCommand;
import dev.wattline.cli.power.MeasureCommand;
import dev.wattline.cli.power.ReportCommand;
import dev.wattline.cli.power.SensorCommand;
import dev.wattline.cli.results.FetchCommand;
import dev.wattline.cli.results.IndexCommand;
import dev.wattline.cli.results.PeaksCommand;
import dev.wattline.cli.results.PruneCommand;
import dev.wattline.cli.results.ResultsCommand;
import dev.wattline.cli.results.SessionsCommand;
import dev.wattline.cli.run.DirectorCommand;
import dev.wattline.cli.run.DoctorCommand;
import dev.wattline.cli.run.PtdCommandLine;
import dev.wattline.cli.run.RangingConfCommand;
import dev.wattline.cli.run.RunCommand;
import dev.wattline.cli.run.SntpCommand;
import dev.wattline.cli.run.WorkloadCommand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The commands of {@code wattline} in the order in which the help lists them. An entry names its class only in a
 * supplier, so that starting one command loads no other: the cold start of {@code check} and {@code run} depends on it.
 */
final class CommandTable {

    /** A command: its name on the command line and how to make it. */
    record Entry(String name, Supplier<Callable<Integer>> command) {}

    private static final List<Entry> ENTRIES = List.of(
            // One line a command.
            new Entry("demo", DemoCommand::new),
            new Entry("director", DirectorCommand::new),
            new Entry("run", RunCommand::new),
            new Entry("agent", AgentCommand::new),
            new Entry("suts", SutsCommand::new),
            new Entry("workloads", WorkloadsCommand::new),
            new Entry("start", StartCommand::new),
            new Entry("stop", StopCommand::new),
            new Entry("retry", RetryCommand::new),
            new Entry("queue", QueueCommand::new),
            new Entry("logs", LogsCommand::new),
            new Entry("reserve", ReserveCommand::new),
            new Entry("campaign", CampaignCommand::new),
            new Entry("measure", MeasureCommand::new),
            new Entry("fetch", FetchCommand::new),
            new Entry("sessions", SessionsCommand::new),
            new Entry("prune", PruneCommand::new),
            new Entry("doctor", DoctorCommand::new),
            new Entry("check", CheckCommand::new),
            new Entry("metric", MetricCommand::new),
            new Entry("peaks", PeaksCommand::new),
            new Entry("results", ResultsCommand::new),
            new Entry("index", IndexCommand::new),
            new Entry("ledger", LedgerCommand::new),
            new Entry("training", TrainingCommand::new),
            new Entry("tiny", TinyCommand::new),
            new Entry("pack", PackCommand::new),
            new Entry("analyze", AnalyzeCommand::new),
            new Entry("calibrate", CalibrateCommand::new),
            new Entry("calibration", CalibrationCommand::new),
            new Entry("sensor", SensorCommand::new),
            new Entry("report", ReportCommand::new),
            new Entry("ptd", PtdCommandLine::new),
            new Entry("mock-ptd", MockPtdCommand::new),
            new Entry("mock-smi", MockSmiCommand::new),
            new Entry("mock-machine", MockMachineCommand::new),
            new Entry("sntp", SntpCommand::new),
            new Entry("workload", WorkloadCommand::new),
            new Entry("ranging-conf", RangingConfCommand::new),
            new Entry("completion", CompletionCommand::new),
            new Entry("warm-up", WarmUpCommand::new));

    private CommandTable() {}

    static List<Entry> entries() {
        return ENTRIES;
    }

    static Optional<Entry> find(String name) {
        return ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
