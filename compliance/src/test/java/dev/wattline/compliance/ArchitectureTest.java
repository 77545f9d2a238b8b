package dev.wattline.compliance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.wattline.testing.ModuleArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.compliance",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "tools.jackson..",
                "org.yaml.snakeyaml..");
    }

    @Test
    void onlyTheJsonPackageReadsSummaries() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..json..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wattline.files.json..")
                .check(mainClasses());
    }
}
