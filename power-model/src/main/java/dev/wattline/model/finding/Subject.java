package dev.wattline.model.finding;

import org.jspecify.annotations.Nullable;

/**
 * What a finding is about.
 *
 * @param file relative to the session's folder, or as the user named it; null where no file is concerned
 * @param line from 1; 0 where no single line is concerned
 * @param part what in it, such as {@code [analyzer1] networkPort} or {@code analyzer 2}; empty if all of it
 */
public record Subject(@Nullable String file, long line, String part) {
    /** Nothing in particular. */
    public static final Subject NONE = new Subject(null, 0, "");

    /** A file as a whole. */
    public static Subject file(@Nullable String file) {
        return new Subject(file, 0, "");
    }

    /** A line of a file, from 1. */
    public static Subject line(@Nullable String file, long line) {
        return new Subject(file, line, "");
    }

    /** A part of the setup or of a file. */
    public static Subject part(String part) {
        return new Subject(null, 0, part);
    }
}
