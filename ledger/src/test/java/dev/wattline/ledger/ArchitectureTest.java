package dev.wattline.ledger;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.ledger",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "dev.wattline.compliance..",
                "de.siegmar.fastcsv..",
                "org.dhatim.fastexcel..",
                "org.hipparchus..",
                "org.yaml.snakeyaml..",
                "tools.jackson..");
    }
}
