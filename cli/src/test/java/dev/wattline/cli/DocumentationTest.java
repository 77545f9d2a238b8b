package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.options.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documents say of the program, against the program. */
@ResourceLock(Resources.SYSTEM_OUT)
class DocumentationTest {
    /** Where Maven runs the tests of this module: its own folder. */
    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\|.*", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern ANCHOR = Pattern.compile("]\\(([^)#:]*\\.md)?#([^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern TYPE = Pattern.compile("\\b[A-Z][a-z]+[A-Z][A-Za-z]*\\b");
    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)");

    /** Types that documents name and that are not Wattline's, or examples. */
    private static final Set<String> FOREIGN =
            Set.of("GuardedBy", "ResourceLock", "NameCommand", "XxxTest", "XxxIT", "NaN", "ProtectHome");

    @Test
    void readmeListsTheCommands() throws IOException {
        String readme = Files.readString(REPOSITORY.resolve("README.md"));
        List<String> listed =
                ROW.matcher(readme).results().map(row -> row.group(1)).toList();
        List<String> commands = CommandTable.entries().stream()
                .filter(entry -> !new CommandLine(entry.command().get())
                        .getCommandSpec()
                        .usageMessage()
                        .hidden())
                .map(CommandTable.Entry::name)
                .toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void everyPageIsInTheIndex() throws IOException {
        Path index = REPOSITORY.resolve("docs/README.md");
        List<String> linked = links(index);

        try (Stream<Path> pages = Files.list(REPOSITORY.resolve("docs"))) {
            assertThat(pages.map(page -> page.getFileName().toString())
                            .filter(name -> !name.equals("README.md") && !name.equals("images")))
                    .allSatisfy(page -> assertThat(linked).contains(page));
        }
    }

    static Stream<String> configurations() {
        return Stream.of(
                "configs/director.conf",
                "configs/demo.conf",
                "configs/week/director.conf",
                "ptd_client_server/server.template.conf");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void directorCanUseTheConfigurationsGivenHere(String file) {
        String path = REPOSITORY.resolve(file).toString();

        CapturedStreams.Outcome outcome = CapturedStreams.run("director", "--check", "--strict", "-c", path);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ExitCode.class)
    void exitCodeIsInTheTable(ExitCode code) throws IOException {
        assertThat(Files.readString(REPOSITORY.resolve("docs/exit-codes.md")))
                .contains("| " + code.code() + " | " + code.name() + " |");
    }

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String folder : List.of("", "docs", "docs/adr", "bench", "logs")) {
            try (Stream<Path> files = Files.list(REPOSITORY.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) {
        assertThat(links(document))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void anchorsAreHeadings(Path document) throws IOException {
        for (MatchResult link :
                ANCHOR.matcher(Files.readString(document)).results().toList()) {
            Path target = link.group(1) == null ? document : document.resolveSibling(link.group(1));
            assertThat(HEADING.matcher(Files.readString(target)).results().map(heading -> anchor(heading.group(1))))
                    .as(link.group())
                    .contains(link.group(2));
        }
    }

    /** As the sites that show Markdown make it of a heading. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-');
    }

    /** Decisions may name what is no more, and licences what is not ours. */
    @Test
    void typesThatDocumentsNameExist() throws IOException {
        Set<String> types = types();
        for (Path document : documents().toList()) {
            if (document.startsWith(REPOSITORY.resolve("docs/adr")) || document.endsWith("THIRD-PARTY.md")) {
                continue;
            }
            List<String> named = CODE.matcher(Files.readString(document))
                    .results()
                    .flatMap(code -> TYPE.matcher(code.group(1)).results())
                    .map(MatchResult::group)
                    .filter(type -> !FOREIGN.contains(type))
                    .toList();
            assertThat(types).as("types named in %s", document).containsAll(named);
        }
    }

    private static Set<String> types() throws IOException {
        Set<String> types = new HashSet<>();
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            for (Path source : modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(source)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        DECLARATION.matcher(Files.readString(file)).results().forEach(type -> types.add(type.group(1)));
                    }
                }
            }
        }
        return types;
    }

    private static List<String> links(Path document) {
        try {
            Matcher links = LINK.matcher(Files.readString(document));
            return links.results().map(link -> link.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
