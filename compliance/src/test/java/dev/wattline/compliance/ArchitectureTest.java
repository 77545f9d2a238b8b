package dev.wattline.compliance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.wattline.compliance");

    @Test
    void importsOnlyTheModelTheFilesAndWhatItMay() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.wattline.ptd..",
                        "dev.wattline.mock..",
                        "dev.wattline.protocol..",
                        "dev.wattline.director..",
                        "dev.wattline.sut..",
                        "dev.wattline.analysis..",
                        "dev.wattline.cli..",
                        "io.netty..",
                        "picocli..")
                .check(CLASSES);
    }

    @Test
    void onlyTheJsonPackageKnowsJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "dev.wattline.files.json..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.wattline.compliance.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void nothingReadsAClock() {
        noClasses().should().callMethod(System.class, "nanoTime").check(CLASSES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(CLASSES);
        noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    }
}
