package dev.wattline.cli.doctor;

import dev.wattline.director.config.ConfigFindings;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to say about a configuration file that can be used. */
final class ConfigFileCheck implements DoctorCheck {
    /** The name of this check, and of that of a file that cannot be used. */
    static final String NAME = "configuration";

    private final DirectorConfig.Loaded loaded;

    ConfigFileCheck(DirectorConfig.Loaded loaded) {
        this.loaded = loaded;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CheckOutcome run() {
        Path file = loaded.config().file();
        List<Finding> worth = loaded.remarks().stream()
                .filter(remark -> remark.severity() != Severity.INFO)
                .toList();
        if (worth.isEmpty()) {
            return CheckOutcome.pass(file + ", " + loaded.config().analyzers().size() + " analyzer(s)");
        }
        return CheckOutcome.warn(
                worth.stream()
                        .map(remark -> ConfigFindings.describe(remark, file))
                        .collect(Collectors.joining("\n")),
                "Correct the lines named; docs/director-configuration.md lists every key.");
    }
}
