package dev.wattline.analysis;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.analysis",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "org.slf4j..",
                "org.hipparchus..",
                "de.siegmar.fastcsv..",
                "tools.jackson..",
                "com.fasterxml.jackson.annotation..");
    }
}
