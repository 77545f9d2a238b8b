package dev.wattline.report;

import dev.wattline.testing.ModuleArchitecture;

class ArchitectureTest extends ModuleArchitecture {
    ArchitectureTest() {
        super(
                "dev.wattline.report",
                "dev.wattline.model..",
                "dev.wattline.files..",
                "dev.wattline.compliance..",
                "dev.wattline.analysis..",
                "dev.wattline.ledger..",
                "dev.wattline.charts..",
                "dev.wattline.records..",
                "dev.wattline.campaign..",
                "gg.jte..",
                "tools.jackson..");
    }
}
