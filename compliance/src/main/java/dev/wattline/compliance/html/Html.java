package dev.wattline.compliance.html;

/** Text for HTML; what has no place in it, control characters and halves of surrogate pairs, is replaced. */
final class Html {
    private Html() {}

    /** Text as content or within double quotes. */
    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
                    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                    out.appendCodePoint(control || half ? 0xfffd : c);
                }
            }
        });
        return out.toString();
    }
}
