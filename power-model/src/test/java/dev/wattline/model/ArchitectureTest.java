package dev.wattline.model;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super("dev.wattline.model");
    }
}
