package dev.wattline.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code BasicInterpolation} of one section: {@code %(key)s} is replaced, {@code %%} is a percent sign. */
final class IniInterpolation {
    private static final Pattern REFERENCE = Pattern.compile("%\\(([^)]+)\\)s");
    private static final int MAX_DEPTH = 10; // Python's MAX_INTERPOLATION_DEPTH

    private final IniDocument document;
    private final String section;

    IniInterpolation(IniDocument document, String section) {
        this.document = document;
        this.section = section;
    }

    String expand(String raw) {
        StringBuilder out = new StringBuilder();
        expand(raw, out, 1);
        return out.toString();
    }

    private void expand(String raw, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("references are nested more than " + MAX_DEPTH + " deep: '" + raw + "'");
        }
        int at = 0;
        while (at < raw.length()) {
            int percent = raw.indexOf('%', at);
            if (percent < 0) {
                out.append(raw, at, raw.length());
                return;
            }
            out.append(raw, at, percent);
            if (raw.startsWith("%%", percent)) {
                out.append('%');
                at = percent + 2;
            } else {
                at = reference(raw, percent, out, depth);
            }
        }
    }

    private int reference(String raw, int percent, StringBuilder out, int depth) {
        Matcher reference = REFERENCE.matcher(raw).region(percent, raw.length());
        if (!reference.lookingAt()) {
            throw new IllegalArgumentException(
                    "expected '%%' or '%(key)s' at '" + raw.substring(percent) + "': write a percent sign as '%%'");
        }
        String key = reference.group(1).toLowerCase(Locale.ROOT);
        String value = document.find(section, key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%(" + key + ")s' refers to a key that section [" + section + "] does not have"))
                .rawValue();
        expand(value, out, depth + 1);
        return reference.end();
    }
}
