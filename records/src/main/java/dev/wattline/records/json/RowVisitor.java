package dev.wattline.records.json;

import org.jspecify.annotations.Nullable;

/** Takes the rows of an index, one after the other. */
public interface RowVisitor {
    /**
     * Takes a row.
     *
     * @param values the wanted keys' values in their order, null where the session has none; the array is used again for the
     *     next row. An array of the index is its elements with {@code ,} between them
     */
    void row(@Nullable String[] values);
}
