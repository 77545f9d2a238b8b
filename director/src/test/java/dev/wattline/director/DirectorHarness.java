package dev.wattline.director;

import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlReply;
import dev.wattline.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes directors for tests: a configuration in a folder, mocks instead of PTDaemons, no NTP. */
public final class DirectorHarness {
    /** A clock check that is content. */
    public static final DirectorClock NO_CLOCK = new DirectorClock() {
        @Override
        public void check() {}

        @Override
        public ControlReply set() {
            return ControlReply.error("not in a test");
        }
    };

    private DirectorHarness() {}

    /** One analyzer's keys without its port. */
    public static String analyzer(int type, String... more) {
        return "deviceType: " + type + "\ninterfaceFlag:\ndevicePort: /dev/usbtmc0\n" + String.join("\n", more) + "\n";
    }

    /** A configuration with these analyzers on free ports. */
    public static DirectorConfig config(Path folder, String wattline, String... analyzers) throws IOException {
        return config(folder, "AUTO", wattline, List.of(analyzers));
    }

    /** A configuration with a ranging mode. */
    public static DirectorConfig config(Path folder, String mode, String wattline, List<String> analyzers)
            throws IOException {
        StringBuilder text = new StringBuilder("[server]\nntpServer: localhost\nlisten: 127.0.0.1 0\nrangingMode: "
                + mode + "\n[ptd]\nptd: /opt/ptd\nanalyzerCount: " + analyzers.size() + "\n");
        for (int i = 0; i < analyzers.size(); i++) {
            text.append("[analyzer" + (i + 1) + "]\nnetworkPort: " + Ports.free() + "\n" + analyzers.get(i));
        }
        text.append("[wattline]\nsettle: 0.1\n" + wattline);
        return DirectorConfig.load(Files.writeString(folder.resolve("director.conf"), text.toString()), true, Map.of())
                .config();
    }

    public static DirectorEnvironment environment(DirectorConfig config, PtdLauncher launcher) {
        return new DirectorEnvironment(
                config, TimeSource.system(), ZoneOffset.UTC, UUID::randomUUID, launcher, "test", "none");
    }
}
