package dev.wattline.files;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super("dev.wattline.files", "dev.wattline.model..", "tools.jackson..");
    }
}
