package dev.wattline.agent;

import dev.wattline.testing.ModuleArchitecture;

/** No Netty, no JSON but the lab's lines: what runs on a measured machine stays small. */
class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.agent",
                "dev.wattline.model..",
                "dev.wattline.protocol",
                "dev.wattline.protocol.client",
                "dev.wattline.protocol.lab..",
                "org.yaml.snakeyaml..");
    }
}
