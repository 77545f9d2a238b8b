package dev.wattline.records;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.records",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "dev.wattline.compliance..",
                "org.hipparchus..",
                "tools.jackson..");
    }
}
