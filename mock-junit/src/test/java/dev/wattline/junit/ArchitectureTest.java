package dev.wattline.junit;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super("dev.wattline.junit", "dev.wattline.mock..", "dev.wattline.model..", "org.junit..");
    }
}
