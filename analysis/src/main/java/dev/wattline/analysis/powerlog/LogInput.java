package dev.wattline.analysis.powerlog;

import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read, and how.
 *
 * @param source names the file in messages
 * @param stream opens it, from its begin each time, as UTF-8
 * @param head how it begins
 * @param options how to read it
 */
public record LogInput(String source, Opener stream, LogHead head, Options options) {

    /** Opens a file. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * How to read a log.
     *
     * @param zone zone of its stamps; null leaves local time
     * @param fields the power fields to read; empty for all
     * @param columns the names of the columns of a table without a header; empty if it has one
     * @param limit about how many bytes to read from its begin
     */
    public record Options(@Nullable ZoneId zone, List<String> fields, List<String> columns, long limit) {
        public Options {
            fields = List.copyOf(fields);
            columns = List.copyOf(columns);
        }

        /** All of a log, its fields as its header names them. */
        public static Options all(@Nullable ZoneId zone) {
            return new Options(zone, List.of(), List.of(), Long.MAX_VALUE);
        }

        public Options withFields(List<String> wanted) {
            return new Options(zone, wanted, columns, limit);
        }

        public Options withColumns(List<String> names) {
            return new Options(zone, fields, names, limit);
        }

        public Options withLimit(long bytes) {
            return new Options(zone, fields, columns, bytes);
        }
    }

    /**
     * The fields to read of those that the log has.
     *
     * @throws AnalysisInputException if one that was asked for is not among them
     */
    public List<String> wanted(List<String> present) {
        for (String field : options.fields()) {
            if (!present.contains(field)) {
                throw new AnalysisInputException(
                        source + ": has no column " + field + "; its power columns are " + String.join(", ", present),
                        "Give one of these as the field.");
            }
        }
        return options.fields().isEmpty() ? present : options.fields();
    }
}
