package dev.wattline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.finding.FindingCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerFindingsTest {
    private static final Pattern WORD = Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\"");

    /** No entry under the heading of the ledger that nothing finds; that each finding has an entry holds the catalogue. */
    @Test
    void everyEntryOfTheLedgerIsFound() throws IOException {
        Set<String> words = new HashSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                WORD.matcher(Files.readString(source)).results().forEach(hit -> words.add(hit.group(1)));
            }
        }

        List<String> entries = FindingCatalog.all().keySet().stream()
                .filter(id -> id.startsWith("training-") || id.startsWith("tiny-") || id.startsWith("result-"))
                .toList();
        assertThat(entries).hasSizeGreaterThan(20);
        assertThat(words).containsAll(entries);
    }
}
