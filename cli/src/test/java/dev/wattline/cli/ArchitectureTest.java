package dev.wattline.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.wattline.model.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The arrows between all modules and the rules that hold in each; only here are all modules on the class path. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.wattline");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName().split("\\.")[2]))
                .contains("model", "cli");
    }

    @Test
    void modulesUseOnlyWhatTheArchitectureAllows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.wattline..")
                .withOptionalLayers(true)
                .layer("model")
                .definedBy("dev.wattline.model..")
                .layer("files")
                .definedBy("dev.wattline.files..")
                .layer("ptd")
                .definedBy("dev.wattline.ptd..")
                .layer("mock")
                .definedBy("dev.wattline.mock..")
                .layer("protocol")
                .definedBy("dev.wattline.protocol..")
                .layer("compliance")
                .definedBy("dev.wattline.compliance..")
                .layer("analysis")
                .definedBy("dev.wattline.analysis..")
                .layer("director")
                .definedBy("dev.wattline.director..")
                .layer("sut")
                .definedBy("dev.wattline.sut..")
                .layer("cli")
                .definedBy("dev.wattline.cli..")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("files")
                .mayOnlyAccessLayers("model")
                .whereLayer("ptd")
                .mayOnlyAccessLayers("model")
                .whereLayer("mock")
                .mayOnlyAccessLayers("model", "files")
                .whereLayer("protocol")
                .mayOnlyAccessLayers("model")
                .whereLayer("compliance")
                .mayOnlyAccessLayers("model", "files")
                .whereLayer("analysis")
                .mayOnlyAccessLayers("model", "files")
                .whereLayer("director")
                .mayOnlyAccessLayers("model", "files", "ptd", "protocol", "compliance")
                .whereLayer("sut")
                .mayOnlyAccessLayers("model", "files", "protocol")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.wattline.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void picocliIsUsedByTheCommandsOnly() {
        noClasses()
                .that(resideInAPackage("dev.wattline..").and(not(resideInAPackage("dev.wattline.cli.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("picocli.."))
                .check(CLASSES);
    }

    @Test
    void jacksonIsUsedInJsonPackagesOnly() {
        noClasses()
                .that(not(resideInAPackage("..json..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("tools.jackson..", "com.fasterxml.."))
                .check(CLASSES);
    }

    @Test
    void nettyIsUsedWhereThereAreSocketsOnly() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "dev.wattline.ptd..",
                        "dev.wattline.mock..",
                        "dev.wattline.protocol..",
                        "dev.wattline.director..")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.netty.."))
                .check(CLASSES);
    }

    @Test
    void logbackIsUsedByTheRunnableOnly() {
        noClasses()
                .that(not(resideInAPackage("dev.wattline.cli..")))
                .should()
                .dependOnClassesThat(resideInAPackage("ch.qos.logback.."))
                .check(CLASSES);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Main.class, SignalEnd.class) // which gives an end by signal its exit status
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void clocksAreReadThroughTimeSourceOnly() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(TimeSource.class)
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
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CLASSES);
    }
}
