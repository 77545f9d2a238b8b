package dev.wattline.report.page;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/**
 * Fills the templates. They escape every text by where it stands; what has no place in a page, control characters and
 * halves of surrogate pairs, is replaced.
 */
public final class PageRenderer {
    private static final String TEMPLATES = "dev.wattline.report.templates";
    private static final int TYPICAL_SIZE = 1 << 18;

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, PageRenderer.class.getClassLoader(), TEMPLATES);

    public PageRenderer() {
        templates.setTrimControlStructures(true);
    }

    /**
     * @param template such as {@code session.jte}
     * @param model the template's one parameter
     */
    public String render(String template, Object model) {
        StringWriter html = new StringWriter(TYPICAL_SIZE);
        templates.render(template, model, output(html));
        return html.toString();
    }

    /**
     * Writes a template with several parameters as it goes.
     *
     * @throws IOException if it cannot be written
     */
    public void render(String template, Map<String, Object> parameters, Writer out) throws IOException {
        try {
            templates.render(template, parameters, output(out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What templates rendered before, in parts that are read as they are needed. */
    public static Content rendered(Iterable<String> parts) {
        return output -> parts.forEach(output::writeContent);
    }

    private static TemplateOutput output(Writer out) {
        return new TemplateOutput() {
            @Override
            public void writeContent(String value) {
                try {
                    out.write(clean(value));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void writeContent(String value, int from, int to) {
                writeContent(value.substring(from, to));
            }
        };
    }

    private static String clean(String text) {
        if (text.codePoints().allMatch(PageRenderer::hasPlace)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(hasPlace(c) ? c : 0xfffd));
        return clean.toString();
    }

    private static boolean hasPlace(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
        return !control && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }
}
