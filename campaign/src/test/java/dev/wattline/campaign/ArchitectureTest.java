package dev.wattline.campaign;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.campaign",
                "dev.wattline.model..",
                "dev.wattline.agent..",
                "dev.wattline.records..",
                "org.yaml.snakeyaml..");
    }
}
