package dev.wattline.cli.mock;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.machine.MachineModel;
import dev.wattline.mock.machine.SysTree;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline mock-machine}: a machine's files of power with a known truth, for trying {@code measure}. */
@Command(
        name = "mock-machine",
        description = {
            "Stand in for a machine with readable power: RAPL, hwmon and the programs of GPUs and controllers in a"
                    + " folder, of one signal.",
            "Writes FOLDER/sources.ini for --telemetry-settings, and FOLDER/truth.csv: the energy so far of each part."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline mock-machine --root m --signal constant,watts=400 &",
            "  wattline measure --telemetry rapl,ipmi \\",
            "      --telemetry-settings m/sources.ini -- sleep 30"
        })
public final class MockMachineCommand implements Callable<Integer> {
    private static final long PERIOD_MS = 100;

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(names = "--root", required = true, paramLabel = "FOLDER", description = "Where the files go.")
    private Path root = Path.of("");

    @Option(
            names = "--signal",
            paramLabel = "SIGNAL",
            defaultValue = "square,low=150,high=500,period=10,duty=0.5",
            description = "Power at the wall, as mock-ptd takes it. Default: ${DEFAULT-VALUE}.")
    private String signal = "";

    @Option(
            names = "--efficiency",
            paramLabel = "0..1",
            defaultValue = "0.92",
            description = "Of the supplies. Default: ${DEFAULT-VALUE}.")
    private double efficiency;

    @Option(
            names = "--rest-watts",
            paramLabel = "WATTS",
            defaultValue = "60",
            description = "Fans, disks and board, behind the supplies. Default: ${DEFAULT-VALUE} W.")
    private double rest;

    @Option(
            names = "--gpu-share",
            paramLabel = "0..1",
            defaultValue = "0.7",
            description = "Of what is left, the GPU's. Default: ${DEFAULT-VALUE}.")
    private double gpuShare;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0",
            description = "End after this time. Default: at a signal.")
    private double seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        TimeSource time = TimeSource.system();
        long begin = time.nanoTime();
        MachineModel machine = machine();
        // Shortly before the package's counter begins anew, which each measurement of some minutes then sees.
        SysTree tree = new SysTree(root, machine, SysTree.PACKAGE_RANGE_UJ - 500_000_000);
        Files.writeString(root.resolve("sources.ini"), tree.settings());
        Path truth = root.resolve("truth.csv");
        StringBuilder header = new StringBuilder("utc_ms,seconds");
        for (MachineModel.Part part : MachineModel.Part.values()) {
            header.append(',').append(part.name().toLowerCase(Locale.ROOT)).append("_j");
        }
        Files.writeString(truth, header.append('\n').toString());
        CountDownLatch signalled = new CountDownLatch(1);
        SignalHook onSignal = SignalHook.doing(signalled::countDown);
        System.out.println("ready: settings in " + root.resolve("sources.ini"));
        try (var rows = Files.newBufferedWriter(truth, java.nio.file.StandardOpenOption.APPEND)) {
            double now = 0;
            while (seconds <= 0 || now < seconds) {
                if (signalled.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                    break;
                }
                now = (time.nanoTime() - begin) / 1e9;
                tree.update(now);
                StringBuilder row = new StringBuilder(time.epochMillis() + String.format(Locale.ROOT, ",%.3f", now));
                for (MachineModel.Part part : MachineModel.Part.values()) {
                    row.append(String.format(Locale.ROOT, ",%.4f", machine.joules(part, 0, now)));
                }
                rows.write(row.append('\n').toString());
                rows.flush();
            }
        } finally {
            onSignal.remove();
        }
        return ExitCode.OK.code();
    }

    private MachineModel machine() {
        try {
            return new MachineModel(SignalSpec.parse(signal), efficiency, rest, gpuShare);
        } catch (InvalidOptionException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), null);
        }
    }
}
