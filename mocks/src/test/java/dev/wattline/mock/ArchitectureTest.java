package dev.wattline.mock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.wattline.mock");

    @Test
    void onlyModelAndFilesOfTheOtherModulesAreUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.wattline.mock..",
                        "dev.wattline.model..",
                        "dev.wattline.files..",
                        "java..",
                        "com.sun.management..",
                        "org.jspecify..",
                        "tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void jacksonIsUsedOnlyInTheJsonPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..json..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.wattline.mock.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void clocksAreReadOnlyThroughTheTimeSource() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void nothingEndsTheProcess() {
        noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
    }
}
