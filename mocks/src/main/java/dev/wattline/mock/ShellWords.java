package dev.wattline.mock;

import java.util.ArrayList;
import java.util.List;

/**
 * Words of a line as a POSIX shell splits it: blanks separate, single quotes keep everything, double quotes all but
 * backslash before {@code "}, {@code \}, {@code $} and backquote, a backslash outside quotes keeps the next character.
 * Nothing is expanded.
 */
public final class ShellWords {

    private ShellWords() {}

    /**
     * @throws InvalidOptionException if a quote is not closed
     */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0; // the quote we are in
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escapes = c == '\\'
                    && quote != '\''
                    && i + 1 < line.length()
                    && (quote == 0 || "\"\\$`".indexOf(line.charAt(i + 1)) >= 0);
            if (escapes) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
                quote = quote == 0 ? c : 0;
                inWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new InvalidOptionException("a quote " + quote + " is not closed in: " + line, null);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
