package dev.wattline.mock;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.mock",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "com.sun.management..",
                "com.sun.net.httpserver..",
                "javax.net.ssl..",
                "tools.jackson..");
    }
}
