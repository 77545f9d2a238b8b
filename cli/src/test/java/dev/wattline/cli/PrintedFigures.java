package dev.wattline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What no text for a person may hold: a number that is none, a sign or unit without number, digits that say nothing. */
public final class PrintedFigures {
    private static final String NUMBER = "([−+-]?\\d+(?:\\.\\d+)?)";
    private static final String ALONE = "(?<![\\d:.,/_A-Za-z−-])"; // no part of a time, path or name
    private static final String UNIT = "(?:[ \\u00a0]?(?:%|[kM]?J|W|Wh|ms|s|samples/J|[mk]?J/\\w+))?";
    private static final List<Pattern> NO_FIGURE = List.of(
            Pattern.compile("\\bNaN\\b|\\b-?Infinity\\b|∞"),
            Pattern.compile("(?m)(?:±|\\+/-|\\+-) ?(?:%(?! *$)|–|-(?!\\d)|not known|unknown|null)"), // not a head "± %"
            Pattern.compile("(?<!\\S)– (?:%|[kM]?J|W|Wh|ms|s|RMS)(?!\\w)"));
    /** A value with the ends of its interval in the next cell, both without a unit: their column's head has it. */
    private static final Pattern CELLS = Pattern.compile(ALONE + NUMBER + "\\t" + NUMBER + " … " + NUMBER + "(?=\\t)");
    /** A value with the ends of its interval in words. */
    private static final Pattern WITH_ENDS =
            Pattern.compile(ALONE + NUMBER + UNIT + "(?: low| high)?(?:, 95 % interval | \\((?:95 % interval )?)"
                    + NUMBER + UNIT + " (?:to|…) " + NUMBER + "(?![\\d:])");
    /** The ends alone. */
    private static final Pattern ENDS =
            Pattern.compile(ALONE + NUMBER + " (?:to|…) " + NUMBER + " (?:[kM]?J|W|%)(?!\\w)");
    /** A value with its half-width. */
    private static final Pattern WITH_HALF = Pattern.compile(ALONE + NUMBER + UNIT + " ± " + NUMBER);

    private PrintedFigures() {}

    /** What is wrong with a text, each with the place; empty if nothing is. */
    public static List<String> faults(String text) {
        List<String> faults = new ArrayList<>();
        for (Pattern pattern : NO_FIGURE) {
            pattern.matcher(text).results().forEach(match -> faults.add(around(text, match)));
        }
        each(text, WITH_ENDS, faults, match -> fits(half(match, 2), match.group(1), match.group(2), match.group(3)));
        each(text, CELLS, faults, match -> fits(half(match, 2), match.group(1), match.group(2), match.group(3)));
        each(text, ENDS, faults, match -> fits(half(match, 1), match.group(1), match.group(2)));
        each(text, WITH_HALF, faults, match -> fits(number(match.group(2)), match.group(1), match.group(2)));
        return faults;
    }

    /** The text of a page as a person sees it: cells are parted by tabs, lines are those of rows and paragraphs. */
    public static String visible(String html) {
        return html.replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", "")
                .replaceAll("\\n", " ")
                .replaceAll("</t[dh]>", "\t")
                .replaceAll("</(?:tr|p|h\\d|li|figcaption|summary|dd|dt|text)>", "\n")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private interface Rule {
        boolean holds(MatchResult match);
    }

    private static void each(String text, Pattern pattern, List<String> faults, Rule rule) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (!rule.holds(matcher)) {
                faults.add(around(text, matcher));
            }
        }
    }

    private static double half(MatchResult match, int first) {
        return (number(match.group(first + 1)) - number(match.group(first))) / 2;
    }

    /** No number has more decimals than leave two digits of the half-width, which may itself have been rounded. */
    private static boolean fits(double halfWidth, String... numbers) {
        if (!(halfWidth > 0)) {
            return true;
        }
        int most = (int) Math.max(0, 1 - Math.floor(Math.log10(0.9 * halfWidth)));
        for (String number : numbers) {
            int point = number.indexOf('.');
            if (point >= 0 && number.length() - point - 1 > most) {
                return false;
            }
        }
        return true;
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace('−', '-'));
    }

    private static String around(String text, MatchResult match) {
        return text.substring(Math.max(0, match.start() - 60), Math.min(text.length(), match.end() + 40))
                .replace("\n", "\\n");
    }
}
