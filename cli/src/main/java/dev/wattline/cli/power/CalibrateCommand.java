package dev.wattline.cli.power;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.calibration.CalibrationSession;
import dev.wattline.analysis.calibration.MachinePrint;
import dev.wattline.analysis.calibration.NodeModel;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.WallModel;
import dev.wattline.analysis.calibration.json.PowerCalibrationJson;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.source.MeteredSession;
import dev.wattline.analysis.source.json.CalibrateJson;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline calibrate}: from a session beside a meter, what this machine's sources say of its wall power. */
@Command(
        name = "calibrate",
        description = {
            "Make a calibration of a session that was measured at the wall, or add a session of another day to one.",
            "It is refused where it does not hold on the part of the session that was kept back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline measure -o cal -- wattline workload --staircase full -o stairs",
            "  wattline calibrate cal/2026-01-20_08-00-00 --meter plug.csv \\",
            "      --stairs stairs/staircase.csv --out lab-a.json",
            "  wattline calibrate results/SESSION --stairs stairs/staircase.csv \\",
            "      --add lab-a.json"
        })
public final class CalibrateCommand implements Callable<Integer> {
    private static final double QUICK_S = 600; // shorter than this it was the short staircase

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MeterOptions metered = new MeterOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "The calibration to write (default: that of --add).")
    private @Nullable Path out;

    @Option(names = "--add", paramLabel = "FILE", description = "Add the session to this calibration.")
    private @Nullable Path add;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write what came of it as JSON: counters and notes, or why it was refused.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        try {
            return make();
        } catch (CalibrationRefusedException e) {
            if (json != null) {
                CalibrateJson.refused(json, e.finding());
            }
            throw e;
        }
    }

    private int make() throws IOException {
        Path target = out != null ? out : add;
        if (target == null) {
            throw new UsageException("no file to write was given", "Give --out FILE, or --add FILE.");
        }
        PowerCalibration before = add == null ? null : PowerCalibrationJson.read(add);
        MeteredSession session = metered.read();
        CalibrationSession fitted = session.fit();
        Instant now = TimeSource.system().now();
        PowerCalibration made;
        if (before == null) {
            String workload = session.levelsKnown() ? "" : "unknown levels";
            boolean quick = session.levelsKnown() && fitted.seconds() < QUICK_S;
            made = new PowerCalibration(
                    1, now, Version.version(), metered.meter(), session.machine(), workload, quick, List.of(fitted));
        } else {
            requireSame(before, session, fitted);
            made = before.with(fitted, now, Version.version());
        }
        try {
            PowerCalibrationJson.write(target, made);
        } catch (IOException e) {
            throw OutputException.of(target, e);
        }
        if (json != null) {
            CalibrateJson.made(json, made, fitted, session.counters());
        }
        tell(made, fitted, session, target);
        return ExitCode.OK.code();
    }

    private static void requireSame(PowerCalibration before, MeteredSession session, CalibrationSession fitted) {
        MachinePrint.Changes changes = before.machine().changes(session.machine());
        if (!changes.refused().isEmpty() || !changes.acceptable().isEmpty()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                            "calibration-other-machine",
                            "the session is of another machine than the calibration: "
                                    + String.join(
                                            "; ",
                                            changes.refused().isEmpty() ? changes.acceptable() : changes.refused())),
                    "Make a calibration of its own with --out.");
        }
        if (before.sessions().stream().anyMatch(one -> one.files().equals(fitted.files()))) {
            throw new CalibrationRefusedException(
                    Finding.of("calibration-session-twice", "this session is in the calibration already"),
                    "Add one that was measured on another day.");
        }
    }

    private static void tell(PowerCalibration made, CalibrationSession fitted, MeteredSession session, Path target) {
        for (WallModel model : fitted.models()) {
            System.out.printf(
                    Locale.ROOT,
                    "wall by GPUs and %s: %s%n",
                    model.cpu().name().toLowerCase(Locale.ROOT),
                    slopes(model));
            for (String card : model.cards()) {
                Interval watts = model.wallWattsPerWatt(card);
                System.out.printf(
                        Locale.ROOT,
                        "  a W of %s draws %.3f ±%.3f W at the wall, losses and fans included%n",
                        card,
                        watts.centre(),
                        watts.halfWidth());
            }
            if (model.holdOut().seconds() > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "  kept back: %.0f s, %+.2f %% off, ±%.2f %% allowed%n",
                        model.holdOut().seconds(),
                        model.holdOut().errorPct(),
                        model.holdOut().halfWidthPct());
            }
        }
        for (NodeModel node : fitted.nodes()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: gain %.3f, %+.1f W, mean over %.0f s, %.0f s late; kept back: %+.2f %% off%n",
                    node.source(),
                    node.entity(),
                    node.q()[1],
                    node.q()[0],
                    node.windowS(),
                    node.delayS(),
                    node.holdOut().errorPct());
        }
        fitted.notes().forEach(note -> System.out.println("Note: " + note));
        System.out.printf(
                Locale.ROOT,
                "this machine's clock is %.1f s ahead of the meter's%n",
                session.lag().aheadS());
        System.out.println("Written: " + target + ", revision " + made.revision() + ", sessions: "
                + made.sessions().size()
                + (made.isPromise() ? "" : "; add one of another day, until then results are marked as estimates"));
    }

    private static String slopes(WallModel model) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < model.b().length; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s%.3f %s",
                    i == 0 ? "" : " + ",
                    model.b()[i],
                    i == 0 ? "W" : model.regressors().get(i)));
        }
        return text.toString();
    }
}
