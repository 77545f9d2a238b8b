package dev.wattline.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.wattline.analysis");

    @Test
    void importsOnlyModelFilesAndItsLibraries() {
        classes()
                .that()
                .resideInAPackage("dev.wattline.analysis..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "org.hipparchus..",
                        "de.siegmar.fastcsv..",
                        "gg.jte..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "dev.wattline.analysis..",
                        "dev.wattline.model..",
                        "dev.wattline.files..")
                .check(MAIN);
    }

    @Test
    void keepsJacksonInTheJsonPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wattline.analysis..json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .check(MAIN);
    }

    @Test
    void hasNoCycleBetweenPackages() {
        slices().matching("dev.wattline.analysis.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }

    @Test
    void readsNoClock() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(MAIN);
    }
}
