package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.RowProgress;
import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.out.json.ScaleJson;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.ledger.study.PowerLaw;
import dev.wattline.ledger.study.Scaling;
import dev.wattline.model.Rounding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger scale}: how power and energy grow with the number of accelerators or the batch. */
@Command(
        name = "scale",
        description = {
            "How power and energy grow with the number of accelerators or with the batch.",
            "For each group of results that differ in nothing else, the exponent b of y = a x^b with its 95 %% interval,"
                    + " and from which x on the power is at 95 %% of its greatest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger import mlenergy public/data/tasks --into energy.ledger",
            "  wattline ledger scale energy.ledger --x accelerators",
            "  wattline ledger scale energy.ledger --x batch --json",
            "",
            "Exit status: 0 there are groups, 1 there are none, or the ledger cannot be read,",
            "2 wrong usage."
        })
final class LedgerScaleCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "LEDGER", description = "A ledger that 'collect' or 'import' made.")
    private Path ledger = Path.of("");

    @Option(names = "--x", required = true, paramLabel = "AXIS", description = "accelerators or batch.")
    private String x = "";

    @Option(names = "--json", description = "Print the groups with all points as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Scaling.Axis axis = axis();
        Scaling scaling = new Scaling(axis);
        try (RowProgress progress = new RowProgress("read")) {
            LedgerFile.read(LedgerInput.existing(ledger), row -> {
                scaling.add(row);
                progress.step();
            });
        }
        List<Scaling.Group> groups = scaling.groups();
        if (groups.isEmpty()) {
            throw new LedgerException(
                    ledger + ": no results differ in nothing but " + axisWords(axis),
                    "It takes three numbers of accelerators, or four batches, with a power or an energy.",
                    null);
        }
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            ScaleJson.write(axis, groups, console);
        } else {
            console.printf("%-22s  %-22s  %-14s  %s%n", "power ~ x^", "energy ~ x^", "plateau from", "group");
            for (Scaling.Group group : groups) {
                console.printf(
                        "%-22s  %-22s  %-14s  %s%n",
                        law(group.power()),
                        law(group.energy()),
                        group.plateauFrom() == null ? "not seen" : LedgerInput.number(group.plateauFrom()),
                        String.join(", ", group.key().values()));
            }
        }
        console.flush();
        return ExitCode.OK.code();
    }

    private Scaling.Axis axis() {
        for (Scaling.Axis axis : Scaling.Axis.values()) {
            if (axis.name().equalsIgnoreCase(x)) {
                return axis;
            }
        }
        throw new UsageException("there is no axis '" + x + "'", "Axes are accelerators and batch.");
    }

    private static String axisWords(Scaling.Axis axis) {
        return axis == Scaling.Axis.BATCH ? "the batch" : "the number of accelerators";
    }

    private static String law(@Nullable PowerLaw law) {
        if (law == null) {
            return "-";
        }
        Double low = law.low();
        Double high = law.high();
        if (low == null || high == null) {
            return Decimals.fixed(law.exponent(), 3);
        }
        return String.format(
                Locale.ROOT,
                "%s (%s..%s)",
                Rounding.within(law.exponent(), (high - low) / 2),
                Rounding.within(low, (high - low) / 2),
                Rounding.within(high, (high - low) / 2));
    }
}
