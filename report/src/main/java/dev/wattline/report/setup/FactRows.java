package dev.wattline.report.setup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of one kind as they are found; what is not known gets no row. For one thread. */
final class FactRows {
    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    FactRows(String title) {
        this.title = title;
    }

    FactRows add(String name, @Nullable String value, String file) {
        if (value != null && !value.isBlank()) {
            rows.add(List.of(name, value.strip(), file));
        }
        return this;
    }

    Setup.Group group() {
        return new Setup.Group(title, rows);
    }

    /** A value of a summary as text; empty where there is none. */
    static String text(@Nullable Object value) {
        String text = String.valueOf(value);
        return value == null || text.equals("None") ? "" : text;
    }
}
