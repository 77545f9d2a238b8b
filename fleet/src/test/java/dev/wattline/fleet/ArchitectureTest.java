package dev.wattline.fleet;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.fleet",
                "dev.wattline.model..",
                "dev.wattline.analysis..",
                "org.apache.spark..",
                "org.apache.hadoop..",
                "scala..");
    }
}
