package dev.wattline.sut;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.sut",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "dev.wattline.protocol..",
                "javax.net.ssl..",
                "tools.jackson..");
    }
}
