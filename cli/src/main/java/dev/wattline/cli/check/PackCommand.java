package dev.wattline.cli.check;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.InformalSessionException;
import dev.wattline.cli.options.SessionOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.Terminal;
import dev.wattline.compliance.pack.PowerSupplies;
import dev.wattline.compliance.pack.SubmissionPacker;
import dev.wattline.compliance.rounds.RoundEvidence;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.text.Style;
import dev.wattline.compliance.text.TextReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline pack}: makes a submission's performance folder of a session. */
@Command(
        name = "pack",
        description = {
            "Make a submission's performance folder of a session: exactly the files that it must hold.",
            "A table of the analyzer and a form for the power settings go where the round has them: beside it, up to v5.1"
                    + " to the folder of measurements that answers to it. Runs the official checks on the result."
                    + " Overwrites nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline pack results/2026-11-22_10-00-00 \\",
            "      --to closed/ACME/results/sys/resnet50/Offline/performance",
            "  wattline pack SESSION --to FOLDER --psu 3000 --psu 3000 --psus-needed 1",
            "",
            "Exit status: 0 packed and all official checks passed, 1 not packed, or a check",
            "failed, 2 wrong usage."
        })
public final class PackCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", description = "The session's folder.")
    private Path session = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "The performance folder to make.")
    private Path to = Path.of("");

    @Option(
            names = "--round",
            paramLabel = "ROUND",
            description =
                    "Pack for this round and check by its rules (default: the round that a folder of --to is named"
                            + " after, else the newest).")
    private @Nullable String round;

    @Option(
            names = "--psu",
            paramLabel = "WATTS",
            description = "What a power supply of the system is built for, W, once for each: written to"
                    + " systems/SYSTEM_power.yaml, which rounds since v6.1 may have.")
    private List<Integer> supplies = new ArrayList<>();

    @Option(
            names = "--psus-needed",
            paramLabel = "N",
            description = "How many of them the system needs to run (default: all).")
    private @Nullable Integer needed;

    @Override
    public Integer call() {
        SessionOptions.requireRound(round);
        InformalSessionException.refuse(session);
        String packedFor = round != null ? round : roundOfTarget();
        SubmissionPacker.Packed packed = SubmissionPacker.pack(session, to, packedFor, supplies());
        System.out.println("packed " + packed.files().size() + " files to " + packed.performance());
        if (!packed.left().isEmpty()) {
            System.out.println(
                    "left out, because a submission must not hold them: " + String.join(", ", packed.left()));
        }
        System.out.println("described the analyzer in " + packed.documents().analyzerTable());
        System.out.println((packed.settingsKept() ? "left as it is: " : "to be completed by you: ")
                + packed.documents().powerSettings());
        packed.documents()
                .measurements()
                .ifPresent(file -> System.out.println(
                        (packed.measurementsKept() ? "left as it is: " : "to be completed by you: ") + file));
        packed.nameplate().ifPresent(file -> System.out.println("power of the supplies: " + file));
        SessionReport report = new SessionChecker(new CheckOptions(packedFor, null, true)).check(packed.performance());
        String own = new SessionChecker(new CheckOptions(null, null, false))
                .check(session)
                .round();
        if (!own.equals(report.round()) && !(Rounds.isNewest(own) && Rounds.isNewest(report.round()))) {
            System.out.println("packed for round " + report.round() + ", but the session was measured for " + own
                    + "; --round names another");
        }
        Terminal terminal = Terminal.ofThisProcess();
        System.out.print(new TextReport(terminal.out() && terminal.colour() ? Style.COLOUR : Style.PLAIN).full(report));
        return report.exitCode();
    }

    /** A tree of a known round, such as inference_results_v4.1, is packed as that round has it. */
    private String roundOfTarget() {
        List<RoundEvidence.NamedFolder> named =
                RoundEvidence.folders(to.toAbsolutePath().normalize());
        return named.isEmpty() ? Rounds.LATEST : named.get(named.size() - 1).round();
    }

    private @Nullable PowerSupplies supplies() {
        if (supplies.isEmpty()) {
            if (needed != null) {
                throw new UsageException(
                        "--psus-needed counts supplies, but there is no --psu", "Name each with --psu.");
            }
            return null;
        }
        int wanted = needed == null ? supplies.size() : needed;
        if (!PowerSupplies.arePossible(supplies, wanted)) {
            throw new UsageException(
                    "--psu takes watts from 1 up and --psus-needed 1 to " + supplies.size() + ", got " + supplies
                            + " and " + wanted,
                    "Name each supply with --psu, and how many of them the system needs.");
        }
        return new PowerSupplies(supplies, wanted);
    }
}
