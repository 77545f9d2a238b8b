package dev.wattline.mock;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.mock",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "com.sun.management..",
                "tools.jackson..");
    }
}
