package dev.wattline.director;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.director",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "dev.wattline.ptd..",
                "dev.wattline.protocol..",
                "dev.wattline.compliance..",
                "io.netty..",
                "tools.jackson..",
                "javax.net.ssl..",
                "org.slf4j..");
    }
}
