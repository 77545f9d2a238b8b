package dev.wattline.faults;

import dev.wattline.testing.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a bench's director starts with: its configuration, and the script with scenarios that stands for PTDaemon. */
final class DirectorSetup {
    private final Path folder;
    private final Map<String, String> keys = new TreeMap<>(Map.of("settle", "0.3"));
    private final List<Integer> ptdPorts = new ArrayList<>();
    private String listen = "127.0.0.1 0";
    private String signal = "square,low=150,high=250,period=4";

    DirectorSetup(Path folder) {
        this.folder = folder;
        analyzers(1);
    }

    void key(String name, String value) {
        keys.put(name, value);
    }

    void listen(String address) {
        listen = address;
    }

    void signal(String watts) {
        signal = watts;
    }

    void analyzers(int count) {
        ptdPorts.clear();
        for (int i = 0; i < count; i++) {
            ptdPorts.add(Ports.free());
        }
    }

    int analyzers() {
        return ptdPorts.size();
    }

    void scenario(int analyzer, String json) {
        TextFiles.write(scenarioFile(analyzer), json);
    }

    void noFaults() {
        for (int analyzer = 0; analyzer <= ptdPorts.size(); analyzer++) {
            TextFiles.delete(scenarioFile(analyzer));
        }
    }

    private Path scenarioFile(int analyzer) {
        return folder.resolve("scenario-" + analyzer + ".json");
    }

    /** The state of an analyzer's ranges, which outlives its PTDaemons; analyzers are counted from 1. */
    Path instrument(int analyzer) {
        return folder.resolve("instrument-" + analyzer);
    }

    /** Writes the configuration as it is now, and the script that it names. */
    Path write(String ntp) {
        StringBuilder text = new StringBuilder("[server]\nntpServer: " + ntp + "\nlisten: " + listen + "\n");
        text.append("[ptd]\nptd: " + ptdScript() + "\nanalyzerCount: " + ptdPorts.size() + "\n");
        for (int i = 0; i < ptdPorts.size(); i++) {
            text.append("[analyzer")
                    .append(i + 1)
                    .append("]\ndeviceType: 49\ninterfaceFlag:\ndevicePort: /dev/usbtmc")
                    .append(i)
                    .append("\nnetworkPort: ")
                    .append(ptdPorts.get(i))
                    .append('\n');
        }
        text.append("[wattline]\n");
        keys.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
        Path file = folder.resolve("director.conf");
        TextFiles.write(file, text.toString());
        return file;
    }

    /** PTDaemon's stand-in: it looks for its scenario and its analyzer's state by its port. */
    private Path ptdScript() {
        StringBuilder script = new StringBuilder();
        for (int i = 1; i <= ptdPorts.size(); i++) {
            script.append("case \" $* \" in *\" ")
                    .append(ptdPorts.get(i - 1))
                    .append(" \"*) n=")
                    .append(i)
                    .append(";; esac\n");
        }
        script.append("scenario='").append(folder).append("'/scenario-$n.json\n");
        script.append("[ -e \"$scenario\" ] || scenario='")
                .append(scenarioFile(0))
                .append("'\n");
        script.append("[ -e \"$scenario\" ] && set -- --scenario \"$scenario\" \"$@\"\n");
        script.append("exec ").append(Launcher.shellCommand("mock-ptd", "--start-delay", "0"));
        script.append(" --signal ")
                .append(signal)
                .append(" --state '")
                .append(folder)
                .append("'/instrument-$n \"$@\"\n");
        Path file = folder.resolve("ptd");
        TextFiles.writeScript(file, script.toString());
        return file;
    }
}
