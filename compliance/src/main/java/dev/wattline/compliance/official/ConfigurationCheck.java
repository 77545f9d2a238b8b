package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PTDaemon ran for a device that is accepted, and a WT330 in its multichannel mode for two numbers of channels. */
final class ConfigurationCheck implements OfficialCheck {
    private static final long WT330_MULTICHANNEL = 77;

    @Override
    public String name() {
        return "Check PTD configuration";
    }

    @Override
    public String file() {
        return Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) {
        Object config = session.server().field("ptd_config");
        List<Object> analyzers = session.rules().configIsList() ? PyValues.iterate(config) : List.of(config);
        for (int i = 0; i < analyzers.size(); i++) {
            check(session, analyzers.get(i), i);
        }
    }

    private static void check(OfficialSession session, Object analyzer, int index) {
        Object type = PyValues.item(analyzer, "device_type");
        List<Long> known = session.rules().deviceOrder();
        if (known.stream().noneMatch(number -> PyValues.equal(number, type))) {
            String numbers = known.stream().map(String::valueOf).collect(Collectors.joining(", "));
            throw Ended.fail(
                    "Device number " + PyRepr.str(type) + " is not supported. Supported numbers are " + numbers,
                    Finding.error("device-unsupported", "PTDaemon ran for a device type that the round does not accept")
                            .at(Summary.SERVER, session.server().line("ptd_config", index, "device_type"))
                            .with("device_type", PyRepr.str(type))
                            .limit(numbers));
        }
        if (PyValues.equal(type, WT330_MULTICHANNEL) && !isMultichannel(analyzer)) {
            throw Ended.fail(
                    "Expected multichannel mode for " + model(session, WT330_MULTICHANNEL) + ", but got 1-channel.",
                    Finding.error(
                                    "channels-wrong",
                                    "a WT330 in multichannel mode needs a first channel and a number of channels")
                            .at(Summary.SERVER, session.server().line("ptd_config", index, "channel"))
                            .with("command", PyRepr.str(PyValues.item(analyzer, "command")))
                            .limit("-c <first channel>,<number of channels>"));
        }
    }

    private static boolean isMultichannel(Object analyzer) {
        Object command = PyValues.item(analyzer, "command");
        Object channels = "";
        for (int i = 0; i < PyValues.length(command); i++) {
            if (PyValues.item(command, i).equals("-c")) {
                channels = PyValues.item(command, i + 1);
                break;
            }
        }
        if (PyValues.text(channels).split(",", -1).length != 2) {
            return false;
        }
        Object channel = PyValues.item(analyzer, "channel");
        return PyValues.truth(channel) && PyValues.length(channel) == 2;
    }

    private static String model(OfficialSession session, long type) {
        return session.rules().models().entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
