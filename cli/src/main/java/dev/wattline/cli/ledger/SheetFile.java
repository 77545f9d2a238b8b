package dev.wattline.cli.ledger;

import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.ledger.out.SheetOutput;
import dev.wattline.ledger.sheet.PhasePower;
import dev.wattline.ledger.sheet.SheetColumns;
import dev.wattline.ledger.sheet.SheetEntry;
import dev.wattline.report.ledger.SheetPage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a sheet; the file appears only when it is complete. */
final class SheetFile {
    /** What a sheet is written as. */
    enum Form {
        CSV,
        XLSX,
        HTML
    }

    private SheetFile() {}

    /**
     * What the file's ending asks for.
     *
     * @throws UsageException if it is none of the three
     */
    static Form form(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (Form form : Form.values()) {
            if (name.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
                return form;
            }
        }
        throw new UsageException(
                "--out " + file + ": only CSV, XLSX and HTML can be written",
                "Name a file that ends in .csv, .xlsx or .html.");
    }

    static void write(
            Path out,
            Form form,
            String input,
            SheetColumns columns,
            SheetColumns brief,
            List<SheetEntry> entries,
            List<String> problems)
            throws IOException {
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try {
            try (OutputStream to = new BufferedOutputStream(open(part, out))) {
                if (form == Form.HTML) {
                    to.write(page(input, columns, brief, entries, problems).getBytes(StandardCharsets.UTF_8));
                } else {
                    table(to, form, columns, entries);
                }
            }
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static OutputStream open(Path part, Path out) {
        try {
            return Files.newOutputStream(part);
        } catch (IOException e) {
            throw OutputException.of(out, e);
        }
    }

    private static void table(OutputStream to, Form form, SheetColumns columns, List<SheetEntry> entries)
            throws IOException {
        try (SheetOutput sheet =
                form == Form.CSV ? SheetOutput.csv(to, columns.names()) : SheetOutput.xlsx(to, columns.names())) {
            for (SheetEntry entry : entries) {
                sheet.row(columns.values(entry));
            }
        }
    }

    private static String page(
            String input, SheetColumns columns, SheetColumns brief, List<SheetEntry> entries, List<String> problems) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<List<@Nullable Object>> briefRows = new ArrayList<>();
        for (SheetEntry entry : entries) {
            rows.add(columns.values(entry));
            briefRows.add(sourceLast(brief.values(entry)));
        }
        return SheetPage.html(
                input,
                columns.names(),
                rows,
                sourceLast(brief.names()),
                briefRows,
                entries.stream().map(SheetFile::range).toList(),
                problems,
                "Written by Wattline " + Version.version() + ", commit " + Version.commit() + ".");
    }

    /** A page shows the long path of the source behind the numbers. */
    private static <T extends @Nullable Object> List<T> sourceLast(List<T> cells) {
        List<T> moved = new ArrayList<>(cells.subList(1, cells.size()));
        moved.add(cells.get(0));
        return moved;
    }

    private static SheetPage.Range range(SheetEntry entry) {
        String name = entry.row().machine().platform() + ", "
                + entry.row().task().model() + " " + entry.row().task().scenario();
        return new SheetPage.Range(
                name,
                watts(entry.idle()),
                watts(entry.average()),
                watts(entry.peak()),
                Stream.of(entry.idle(), entry.average(), entry.peak())
                        .flatMap(Optional::stream)
                        .anyMatch(power -> power.confidence() == PhasePower.Confidence.LOW));
    }

    private static @Nullable Double watts(Optional<PhasePower> power) {
        return power.map(PhasePower::watts).orElse(null);
    }
}
