package dev.wattline.cli;

import dev.wattline.compliance.pack.SubmissionPacker;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.text.Style;
import dev.wattline.compliance.text.TextReport;
import java.nio.file.Path;
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
            "A table of the analyzer and a form for the power settings go to the folder of measurements that answers to"
                    + " it, or beside it outside a submission's tree. Runs the official checks on the result."
                    + " Overwrites nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline pack results/2026-11-22_10-00-00 \\",
            "      --to closed/ACME/results/sys/resnet50/Offline/performance",
            "",
            "Exit status: 0 packed and all official checks passed, 1 not packed, or a check",
            "failed, 2 wrong usage."
        })
final class PackCommand implements Callable<Integer> {
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
            description = "Check the result by this round's rules (default: the newest official checker's).")
    private @Nullable String round;

    @Override
    public Integer call() {
        SessionOptions.requireRound(round);
        SubmissionPacker.Packed packed = SubmissionPacker.pack(session, to);
        System.out.println("packed " + packed.files().size() + " files to " + packed.performance());
        if (!packed.left().isEmpty()) {
            System.out.println(
                    "left out, because a submission must not hold them: " + String.join(", ", packed.left()));
        }
        System.out.println("described the analyzer in " + packed.documents().analyzerTable());
        System.out.println((packed.settingsKept() ? "left as it is: " : "to be completed by you: ")
                + packed.documents().powerSettings());
        SessionReport report = new SessionChecker(new CheckOptions(round == null ? Rounds.LATEST : round, null, true))
                .check(packed.performance());
        Terminal terminal = Terminal.ofThisProcess();
        System.out.print(new TextReport(terminal.out() && terminal.colour() ? Style.COLOUR : Style.PLAIN).full(report));
        return report.exitCode();
    }
}
