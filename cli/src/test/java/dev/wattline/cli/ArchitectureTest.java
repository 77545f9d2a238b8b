package dev.wattline.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.wattline.testing.ModuleArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT) // the rules' library logs
class ArchitectureTest extends ModuleArchitecture {
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
