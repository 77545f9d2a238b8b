package dev.wattline.build;

import dev.wattline.cli.Main;
import java.io.File;
import java.io.IOException;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes one manual page for each command. Arguments: a folder for their AsciiDoc sources, one for the pages, and the
 * date to print in them.
 */
public final class ManualPages {
    private ManualPages() {}

    public static void main(String[] arguments) throws IOException {
        File sources = new File(arguments[0]);
        int status = ManPageGenerator.generateManPage(
                sources, null, new boolean[0], true, Main.all().getCommandSpec());
        File[] written = sources.listFiles((folder, name) -> name.endsWith(".adoc"));
        if (status != 0 || written == null || written.length == 0) {
            throw new IOException("the generator of manual pages ended with status " + status);
        }
        Options options = Options.builder()
                .backend("manpage")
                .safe(SafeMode.UNSAFE)
                .toDir(new File(arguments[1]))
                .attributes(Attributes.builder()
                        .attribute("reproducible")
                        .attribute("docdate", arguments[2])
                        .build())
                .build();
        try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
            for (File source : written) {
                asciidoctor.convertFile(source, options);
            }
        }
    }
}
