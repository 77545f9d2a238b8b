package dev.wattline.model;

import dev.wattline.model.IniDocument.Problem;
import dev.wattline.model.IniDocument.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one {@link IniDocument}, line by line; made for one document each. */
final class IniReader {
    // The greedy header takes "[a]b]" as the section "a]b" and ignores what follows the last bracket, as Python does.
    private static final Pattern HEADER = Pattern.compile("\\[(.+)\\]", Pattern.DOTALL);
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> keysSeen = new HashSet<>(); // "section\nkey", for duplicates across repeated headers
    private @Nullable Section defaults;
    private @Nullable Section section; // the one that lines go to
    private String sectionName = "";
    private Section.@Nullable Pending option; // the one that continuation lines go to
    private int indent; // of the last line that was no continuation

    IniDocument read(String text) {
        int number = 0;
        for (String line : LINE_END.split(text, -1)) {
            line(++number, line);
        }
        return IniDocument.of(sections, defaults == null ? new Section(0) : defaults, problems);
    }

    private void line(int number, String line) {
        String value = strip(line);
        if (value.startsWith("#") || value.startsWith(";")) {
            return;
        }
        if (value.isEmpty()) {
            if (option != null) {
                option.values().add("");
            }
            return;
        }
        int level = 0;
        while (isSpace(line.charAt(level))) {
            level++;
        }
        if (option != null && level > indent) {
            option.values().add(value);
            return;
        }
        indent = level;
        Matcher header = HEADER.matcher(value);
        if (header.lookingAt()) {
            header(number, header.group(1));
        } else if (section == null) {
            problems.add(new Problem(number, "expected a [section] before the first key, got '" + value + "'"));
        } else {
            option(number, value, section);
        }
    }

    private void header(int number, String name) {
        option = null;
        sectionName = name;
        if (name.equals(IniDocument.DEFAULT_SECTION)) {
            if (defaults == null) {
                defaults = new Section(number);
            }
            section = defaults;
            return;
        }
        Section earlier = sections.get(name);
        if (earlier != null) {
            problems.add(new Problem(number, "section [" + name + "] stands already in line " + earlier.line));
            section = earlier;
            return;
        }
        section = new Section(number);
        sections.put(name, section);
    }

    private void option(int number, String value, Section into) {
        int delimiter = 0;
        while (delimiter < value.length() && value.charAt(delimiter) != '=' && value.charAt(delimiter) != ':') {
            delimiter++;
        }
        if (delimiter == value.length()) {
            problems.add(new Problem(number, "expected 'key = value' or 'key: value', got '" + value + "'"));
            return;
        }
        String written = strip(value.substring(0, delimiter));
        String key = written.toLowerCase(Locale.ROOT);
        if (key.isEmpty()) {
            problems.add(new Problem(number, "expected a key before '" + value.charAt(delimiter) + "'"));
        }
        if (!keysSeen.add(sectionName + "\n" + key)) {
            problems.add(new Problem(number, "key '" + written + "' stands already in section [" + sectionName + "]"));
        }
        Section.Pending added = into.add(key, written, strip(value.substring(delimiter + 1)), number);
        option = key.isEmpty() ? null : added; // a value without a key is not continued
    }

    private static String strip(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return stripTrailing(text.substring(from));
    }

    static String stripTrailing(String text) {
        int to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }

    /** Python's {@code str.isspace}: Java's, and the no-break spaces and NEL that Java leaves out. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
