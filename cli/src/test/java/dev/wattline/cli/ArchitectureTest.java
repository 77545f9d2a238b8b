package dev.wattline.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.wattline.testing.ModuleArchitecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT) // the rules' library logs
class ArchitectureTest extends ModuleArchitecture {
    private static final Pattern HTML = Pattern.compile(
            "(?i)<!doctype html|</?(html|body|head|div|span|table|tr|td|th|p|section|details|h[1-6])[ >]");

    ArchitectureTest() {
        super(
                "dev.wattline.cli",
                "dev.wattline..",
                "picocli..",
                "tools.jackson..",
                "ch.qos.logback..",
                "org.slf4j..",
                "javax.net.ssl..");
    }

    @Test
    void onlyTheReportModuleWritesHtml() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.wattline");

        assertThat(all.stream().filter(ArchitectureTest::holdsHtml).map(type -> type.getPackageName()))
                .isNotEmpty()
                .allMatch(name -> name.equals("dev.wattline.report") || name.startsWith("dev.wattline.report."));
    }

    @Test
    void noTwoClassesShareAName() {
        Map<String, List<String>> byName = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.wattline").stream()
                        .filter(type ->
                                type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                        .collect(Collectors.groupingBy(
                                JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(byName).hasSizeGreaterThan(500);
        assertThat(byName.values()).allSatisfy(names -> assertThat(names).hasSize(1));
    }

    /** Looks at the bytes of the class, which hold its constant texts. */
    private static boolean holdsHtml(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return HTML.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void testsThatCatchTheStreamsHaveThemForThemselves() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .doNotBelongToAnyOf(CapturedStreams.class, ArchitectureTest.class)
                .and(describe(
                        "catch the streams",
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(to -> to.getTargetClass().isEquivalentTo(CapturedStreams.class))))
                .should()
                .beAnnotatedWith(ResourceLock.class)
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.OnlyIncludeTests())
                        .importPackages("dev.wattline.cli"));
    }
}
