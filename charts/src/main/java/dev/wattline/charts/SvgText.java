package dev.wattline.charts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** SVG as text: numbers without noise digits, texts escaped. */
final class SvgText {
    private static final int DECIMALS = 2;

    private final StringBuilder out = new StringBuilder();

    /** Adds markup as it is. */
    SvgText raw(String markup) {
        out.append(markup);
        return this;
    }

    SvgText attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
        return this;
    }

    SvgText attribute(String name, double value) {
        return attribute(name, number(value));
    }

    SvgText percent(String name, double value) {
        return attribute(name, number(value) + "%");
    }

    /** Adds text between tags. */
    SvgText text(String text) {
        out.append(escaped(text));
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** With two decimals at most. */
    static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /** What has no place in a page, control characters and halves of surrogate pairs, is replaced. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> {
                    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
                    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                    safe.appendCodePoint(control || half ? 0xfffd : c);
                }
            }
        });
        return safe.toString();
    }
}
