package dev.wattline.cli.doctor;

import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.model.DeviceType;
import java.util.Optional;

/** Whether sessions with this kind of analyzer are accepted. */
final class DeviceTypeCheck implements DoctorCheck {
    private static final String REMEDY = "Measure with an accepted analyzer, unless the result is not to be submitted: "
            + "the types are in MLCommons' power-dev, compliance/check.py.";

    private final AnalyzerConfig analyzer;

    DeviceTypeCheck(AnalyzerConfig analyzer) {
        this.analyzer = analyzer;
    }

    @Override
    public String name() {
        return "analyzer " + analyzer.number() + ": device type";
    }

    @Override
    public CheckOutcome run() {
        int number = analyzer.deviceType();
        Optional<DeviceType> known = DeviceType.of(number);
        if (known.isEmpty()) {
            return CheckOutcome.fail("type " + number + " is not on MLCommons' list, and not known here", REMEDY);
        }
        String model = "type " + number + " is " + known.get().models().get(0);
        return known.get().onOfficialList()
                ? CheckOutcome.pass(model + ", on MLCommons' list")
                : CheckOutcome.fail(model + ", which is not on MLCommons' list", REMEDY);
    }
}
