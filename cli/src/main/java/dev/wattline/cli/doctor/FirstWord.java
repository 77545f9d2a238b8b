package dev.wattline.cli.doctor;

import java.util.Optional;
import java.util.regex.Pattern;

/** The program that a shell's command line begins with, as far as that can be told without being the shell. */
final class FirstWord {
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
    private static final String ENDS = " \t\r\n;&|<>()";
    private static final String EXPANDS = "$`*?[{~";

    private final String line;
    private int at;
    private boolean expands;

    private FirstWord(String line) {
        this.line = line;
    }

    /**
     * The first word behind the assignments; empty if there is none, or one that the shell makes of variables, patterns or
     * a group of commands.
     */
    static Optional<String> of(String commandLine) {
        FirstWord words = new FirstWord(commandLine);
        while (true) {
            String word = words.next();
            if (word.isEmpty()) {
                return Optional.empty();
            }
            if (!ASSIGNMENT.matcher(word).matches()) {
                return words.expands ? Optional.empty() : Optional.of(word);
            }
            words.expands = false; // that was a value's
        }
    }

    private String next() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        StringBuilder word = new StringBuilder();
        while (at < line.length() && ENDS.indexOf(line.charAt(at)) < 0) {
            char c = line.charAt(at++);
            switch (c) {
                case '\'' -> quoted(word, '\'');
                case '"' -> quoted(word, '"');
                case '\\' -> escaped(word);
                default -> {
                    expands |= EXPANDS.indexOf(c) >= 0;
                    word.append(c);
                }
            }
        }
        return word.toString();
    }

    private void quoted(StringBuilder word, char quote) {
        while (at < line.length() && line.charAt(at) != quote) {
            char c = line.charAt(at++);
            if (quote == '"' && c == '\\') {
                escaped(word);
            } else {
                expands |= quote == '"' && (c == '$' || c == '`');
                word.append(c);
            }
        }
        at++;
    }

    private void escaped(StringBuilder word) {
        if (at < line.length()) {
            word.append(line.charAt(at++));
        }
    }
}
