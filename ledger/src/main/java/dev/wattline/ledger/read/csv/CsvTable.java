package dev.wattline.ledger.read.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.OtherFormatException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table with a header, as programs export it: UTF-8 with or without a byte order mark, or UTF-16; commas, semicolons or
 * tabs; quotes, also around line breaks. Broken characters do no harm. Of a name that the header has twice, the first
 * column counts. Not safe for use by several threads.
 */
public final class CsvTable implements Closeable {
    private static final int HEAD = 1 << 12;

    /** Names of columns that no result has as a value. */
    private static final List<String> KEYS = List.of("units", "result", "avg. result at system name", "resultunit");

    private final Path file;
    private final QuoteWatch quotes;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;

    /**
     * A row of the table.
     *
     * @param line the line on which it begins, from 1
     */
    public record Row(long line, List<String> fields, List<String> header) {

        /** The field of a column; empty where there is no such column or the row is short. */
        public String get(String column) {
            int index = index(header, column);
            return index < 0 || index >= fields.size() ? "" : fields.get(index).strip();
        }
    }

    /** Whether a row is a header again, as in tables that were put together from several exports. */
    public static boolean isHeader(Row row) {
        String first = row.fields().isEmpty() ? "" : row.fields().get(0).strip();
        return !first.isEmpty()
                && first.equalsIgnoreCase(row.header().get(0))
                && row.fields().stream()
                        .anyMatch(field -> KEYS.contains(field.strip().toLowerCase(Locale.ROOT)));
    }

    private CsvTable(Path file, QuoteWatch quotes, CsvReader<CsvRecord> reader) {
        this.file = file;
        this.quotes = quotes;
        this.reader = reader;
        this.records = reader.iterator();
        this.header = record().map(CsvRecord::getFields).orElse(List.of()).stream()
                .map(String::strip)
                .toList();
    }

    /**
     * Opens a table and reads its header.
     *
     * @throws LedgerException if the header is no CSV
     * @throws IOException if the file cannot be read
     */
    public static CsvTable open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(HEAD);
            byte[] head = in.readNBytes(HEAD);
            in.reset();
            Charset charset = charset(head);
            Reader text = new InputStreamReader(
                    in,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE));
            char separator = separator(new String(head, charset));
            QuoteWatch quotes = new QuoteWatch(skipMark(text), separator);
            return new CsvTable(
                    file,
                    quotes,
                    CsvReader.builder()
                            .fieldSeparator(separator)
                            .detectBomHeader(false)
                            .skipEmptyLines(true)
                            .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // exports put together differ in length
                            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .ofCsvRecord(quotes));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static Charset charset(byte[] head) {
        if (head.length >= 2) {
            int first = head[0] & 0xff;
            int second = head[1] & 0xff;
            if ((first == 0xff && second == 0xfe) || (first != 0 && second == 0)) {
                return StandardCharsets.UTF_16LE;
            }
            if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) {
                return StandardCharsets.UTF_16BE;
            }
        }
        return StandardCharsets.UTF_8;
    }

    private static Reader skipMark(Reader text) throws IOException {
        java.io.PushbackReader marked = new java.io.PushbackReader(text, 1);
        int first = marked.read();
        if (first >= 0 && first != '\ufeff') {
            marked.unread(first);
        }
        return marked;
    }

    /** The separator that the first line has most of. */
    private static char separator(String head) {
        int end = head.indexOf('\n');
        String line = end < 0 ? head : head.substring(0, end);
        char best = ',';
        for (char candidate : new char[] {'\t', ';'}) {
            if (count(line, candidate) > count(line, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String line, char character) {
        return line.chars().filter(c -> c == character).count();
    }

    /** The names of the columns, stripped. */
    public List<String> header() {
        return header;
    }

    /** Whether all these columns are there; names are compared without case. */
    public boolean has(String... columns) {
        for (String column : columns) {
            if (index(header, column) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Demands columns.
     *
     * @param what the table that is expected, in a few words
     * @throws OtherFormatException if some are missing; the message names them all
     */
    public void require(String what, String... columns) {
        List<String> missing = Arrays.stream(columns)
                .filter(column -> index(header, column) < 0)
                .toList();
        if (!missing.isEmpty()) {
            throw new OtherFormatException(
                    file + ":1: this is no " + what + ": there is no column " + String.join(", ", missing),
                    "The columns are: " + String.join(", ", header) + ".");
        }
    }

    private static int index(List<String> header, String column) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The next row; null behind the last.
     *
     * @throws LedgerException if the file breaks off within quotes; the message names the line
     */
    public @Nullable Row next() {
        return record().map(record -> new Row(record.getStartingLineNumber(), record.getFields(), header))
                .orElse(null);
    }

    private Optional<CsvRecord> record() {
        try {
            if (records.hasNext()) {
                return Optional.of(records.next());
            }
            if (quotes.openedAt() > 0) {
                throw new LedgerException(
                        file + ":" + quotes.openedAt()
                                + ": a quote is opened here and not closed before the end of the file",
                        "Get the file again; it may have been cut while it was copied.",
                        null);
            }
            return Optional.empty();
        } catch (CsvParseException e) {
            throw new LedgerException(
                    String.format(Locale.ROOT, "%s: %s", file, e.getMessage()),
                    "Look for a quote that is not closed, and export the table again.",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
