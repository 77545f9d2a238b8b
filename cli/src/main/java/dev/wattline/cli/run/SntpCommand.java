package dev.wattline.cli.run;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.protocol.time.SntpServer;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline sntp}: a small NTP server. */
@Command(
        name = "sntp",
        description = {
            "Answer NTP requests with this machine's clock until ended, for closed networks and tests.",
            "Both machines of a measurement then agree with each other, whatever the time of the world."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo wattline sntp                       on NTP's own port, for root only",
            "  wattline sntp --port 1123                and then: wattline run -n HOST:1123",
            "  wattline sntp --port 1123 --offset 500   what a clock 0.5 s ahead does"
        })
public final class SntpCommand implements Callable<Integer> {
    @Option(
            names = {"--port"},
            paramLabel = "P",
            description = "UDP port; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port = NtpClient.DEFAULT_PORT;

    @Option(
            names = {"--bind"},
            paramLabel = "A",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String bind = "0.0.0.0";

    @Option(
            names = {"--offset"},
            paramLabel = "MS",
            description = "Milliseconds added to this machine's clock. Default: ${DEFAULT-VALUE}.")
    private long offsetMillis;

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws InterruptedException {
        try (SntpServer server = SntpServer.start(address(), TimeSource.system(), Duration.ofMillis(offsetMillis))) {
            // With the address as it was given: the system shows IPv4's "any" as IPv6's.
            HostPort bound = new HostPort(bind, server.address().port());
            System.out.println("answering NTP requests on " + bound);
            server.join();
        }
        return ExitCode.OK.code();
    }

    private HostPort address() {
        try {
            return new HostPort(bind, port);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--bind or --port: " + e.getMessage(), null);
        }
    }
}
