package dev.wattline.lab;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.lab",
                "dev.wattline.model..",
                "dev.wattline.director",
                "dev.wattline.director.config",
                "dev.wattline.director.live",
                "dev.wattline.protocol",
                "dev.wattline.protocol.lab..",
                "dev.wattline.protocol.live",
                "dev.wattline.protocol.server",
                "org.slf4j..");
    }
}
