package dev.wattline.ptd;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super("dev.wattline.ptd", "dev.wattline.model..", "io.netty..", "org.slf4j..");
    }
}
