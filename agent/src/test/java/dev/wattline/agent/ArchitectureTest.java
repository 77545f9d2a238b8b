package dev.wattline.agent;

import dev.wattline.testing.ModuleArchitecture;

/** No Netty, no JSON: what runs on a measured machine stays small. */
class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super("dev.wattline.agent", "dev.wattline.model..", "org.yaml.snakeyaml..");
    }
}
