package dev.wattline.bench;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super("dev.wattline.bench", "dev.wattline..", "ch.qos.logback..", "com.sun.management..", "org.slf4j..");
    }
}
