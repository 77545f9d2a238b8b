package dev.wattline.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {

    @ParameterizedTest
    @ValueSource(strings = {"uPlot.iife.min.js", "uPlot.min.css", "LICENSE"})
    void thePlottingLibraryIsUnchanged(String name) throws IOException, NoSuchAlgorithmException {
        String note = new String(resource("README.md"), StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(resource(name));

        assertThat(note).contains("`" + name + "` | `" + HexFormat.of().formatHex(digest) + "`");
    }

    @Test
    void theScriptComesWithoutItsAddressAndWithItsLicence() {
        Assets assets = Assets.withPlots();

        assertThat(assets.script()).startsWith("var uPlot=").doesNotContain("http");
        assertThat(assets.script().toLowerCase(java.util.Locale.ROOT)).doesNotContain("</script");
        assertThat(assets.style()).doesNotContain("</style");
        assertThat(assets.licence()).contains("Permission is hereby granted", "Leon Sorokin");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream("uplot/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
