package dev.wattline.model;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A session's name: the director's local time when it was opened, and the label if one was given, such as
 * {@code 2026-11-22_04-48-34_rig}. It names the session folder and, with the phase, the marks in the power log.
 */
public record SessionId(String value) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);
    private static final Pattern LABEL = Pattern.compile("[-_A-Za-z0-9]*");
    private static final Pattern VALUE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d(_[-_A-Za-z0-9]+)?");

    public SessionId {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a session id: '" + value + "'");
        }
    }

    /** The id of a session opened at this local time; an empty label adds nothing. */
    public static SessionId of(LocalDateTime openedAt, String label) {
        if (!isLabel(label)) {
            throw new IllegalArgumentException("not a label: '" + label + "'");
        }
        String time = TIME.format(openedAt);
        return new SessionId(label.isEmpty() ? time : time + "_" + label);
    }

    /** Whether the text is a session id, so that no path can be smuggled in as one. */
    public static boolean isSessionId(String text) {
        return VALUE.matcher(text).matches();
    }

    /** Whether the text may be a label: ASCII letters, digits, {@code -} and {@code _}; the empty text may. */
    public static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    /** The mark of this session's samples in the given phase, {@code <id>_ranging} or {@code <id>_testing}. */
    public String mark(Phase phase) {
        return value + "_" + phase.word();
    }

    @Override
    public String toString() {
        return value;
    }
}
