package dev.wattline.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.wattline.testing.ModuleArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.protocol",
                "dev.wattline.model..",
                "io.netty..",
                "org.apache.commons.net.ntp..",
                "org.slf4j..",
                "javax.crypto..",
                "javax.net.ssl..",
                "javax.naming..",
                "javax.security.auth.x500..",
                "tools.jackson.core..",
                "jdk.net..");
    }

    @Test
    void onlyTheServerKnowsNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wattline.protocol.server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(mainClasses());
    }

    @Test
    void clientAndServerDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.wattline.protocol.client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wattline.protocol.server")
                .check(mainClasses());
        noClasses()
                .that()
                .resideInAPackage("dev.wattline.protocol.server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wattline.protocol.client")
                .check(mainClasses());
    }
}
