package dev.wattline.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
            .importPackages("dev.wattline.protocol");

    @Test
    void dependsOnlyOnTheModelAndItsLibraries() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.wattline.protocol..",
                        "dev.wattline.model..",
                        "io.netty..",
                        "org.apache.commons.net.ntp..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "jdk.net..")
                .check(CLASSES);
    }

    @Test
    void onlyTheServerKnowsNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wattline.protocol.server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.wattline.protocol.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void clientAndServerDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.wattline.protocol.client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wattline.protocol.server")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.wattline.protocol.server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wattline.protocol.client")
                .check(CLASSES);
    }

    @Test
    void clocksAreReadThroughTheTimeSource() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
