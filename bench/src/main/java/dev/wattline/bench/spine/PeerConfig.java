package dev.wattline.bench.spine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration files of directors: the reference reads them too, but for our own section. */
final class PeerConfig {
    private PeerConfig() {}

    /**
     * Writes one for the reference.
     *
     * @param ptd what is started as PTDaemon
     * @param listen port for runners
     */
    static Path write(Path folder, Path ptd, int listen, int analyzers) throws IOException {
        return Files.writeString(folder.resolve("director.conf"), text("127.0.0.1", ptd, listen, analyzers));
    }

    /** Writes one for ours: a time server on a port of its own, and no settle time. */
    static Path writeOurs(Path folder, Path ptd, int listen, int ntpPort) throws IOException {
        return Files.writeString(
                folder.resolve("director.conf"),
                text("127.0.0.1:" + ntpPort, ptd, listen, 1) + "\n[wattline]\nsettle: 0\nresultsDir: "
                        + folder.resolve("results") + "\n");
    }

    private static String text(String ntp, Path ptd, int listen, int analyzers) throws IOException {
        StringBuilder text = new StringBuilder("[server]\nntpServer: " + ntp + "\nlisten: 127.0.0.1 " + listen);
        text.append("\n\n[ptd]\nptd: ")
                .append(ptd)
                .append("\nanalyzerCount: ")
                .append(analyzers)
                .append('\n');
        for (int number = 1; number <= analyzers; number++) {
            text.append("\n[analyzer").append(number).append("]\ndeviceType: 49\ninterfaceFlag:\n");
            text.append("devicePort: /dev/usbtmc").append(number).append("\nnetworkPort: ");
            text.append(SpineContext.freePort()).append('\n');
        }
        return text.toString();
    }
}
