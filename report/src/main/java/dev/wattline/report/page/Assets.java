package dev.wattline.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a page carries along so that it needs nothing else.
 *
 * @param style all style sheets
 * @param script all scripts
 * @param scriptHash what the page's content security policy allows to run, {@code sha256-...}
 * @param licence of the plotting library; empty for a page without it
 */
public record Assets(String style, String script, String scriptHash, String licence) {

    /** For a page that plots series over time. */
    public static Assets withPlots() {
        String plotting = text("uplot/uPlot.iife.min.js");
        // Its first line is a comment with a web address, and a page names none; the licence stands in the page.
        String script = plotting.substring(plotting.indexOf('\n') + 1) + text("report.js");
        return of(
                text("uplot/uPlot.min.css") + text("report.css"),
                script,
                text("uplot/LICENSE").strip());
    }

    /** For a page of text, tables and drawings. */
    public static Assets plain() {
        return of(text("report.css"), text("report.js"), "");
    }

    private static Assets of(String style, String script, String licence) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(script.getBytes(StandardCharsets.UTF_8));
            return new Assets(style, script, "sha256-" + Base64.getEncoder().encodeToString(hash), licence);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    private static String text(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's resource " + name, e);
        }
    }
}
