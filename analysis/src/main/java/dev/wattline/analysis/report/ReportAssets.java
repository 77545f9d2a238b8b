package dev.wattline.analysis.report;

import dev.wattline.analysis.report.page.Assets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Styles and scripts out of the jar, made ready to stand in a page. */
final class ReportAssets {
    private ReportAssets() {}

    static Assets load() {
        String style = text("uplot/uPlot.min.css") + text("report.css");
        String plotting = text("uplot/uPlot.iife.min.js");
        // Its first line is a comment with a web address, and a report names none; the licence stands in the page.
        String script = plotting.substring(plotting.indexOf('\n') + 1) + text("report.js");
        return new Assets(style, script, hash(script), text("uplot/LICENSE").strip());
    }

    private static String text(String name) {
        try (InputStream in = ReportAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's resource " + name, e);
        }
    }

    private static String hash(String script) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return "sha256-"
                    + Base64.getEncoder().encodeToString(digest.digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }
}
