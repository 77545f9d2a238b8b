package dev.wattline.sut;

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
            .importPackages("dev.wattline.sut");

    @Test
    void knowsOnlyWhatTheMeasuredMachineNeeds() {
        classes()
                .that()
                .resideInAPackage("dev.wattline.sut..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "org.jspecify..",
                        "dev.wattline.sut..",
                        "dev.wattline.model..",
                        "dev.wattline.files..",
                        "dev.wattline.protocol..")
                .check(MAIN);
    }

    @Test
    void hasNoCycleBetweenPackages() {
        slices().matching("dev.wattline.sut.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void readsClocksThroughTheTimeSourceOnly() {
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
