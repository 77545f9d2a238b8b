package dev.wattline.protocol.time;

import dev.wattline.model.process.ShortProgram;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.protocol.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets the clock by {@code ntpdate -b -- <server>}, under {@code sudo -n} unless this is root, as the reference tools do.
 * ntpdate has no option for a port: a server on another one than 123 is refused.
 */
public final class NtpdateClockSetter implements ClockSetter {
    private static final Duration TIMEOUT = Duration.ofSeconds(25);
    private static final int MAX_OUTPUT = 2_000;

    private final Function<String, List<String>> command;

    /** With the {@code ntpdate} of this machine. */
    public NtpdateClockSetter() {
        this(host -> {
            List<String> words = new ArrayList<>();
            if (!"root".equals(System.getProperty("user.name"))) {
                words.addAll(List.of("sudo", "-n"));
            }
            words.addAll(List.of("ntpdate", "-b", "--", host));
            return words;
        });
    }

    NtpdateClockSetter(Function<String, List<String>> command) {
        this.command = command;
    }

    @Override
    public void set(HostPort server) {
        if (server.port() != NtpClient.DEFAULT_PORT) {
            throw new ClockException(
                    "cannot set this machine's clock to " + server + ": ntpdate asks port 123 only",
                    "Set the clock by other means, or use a server on port 123.",
                    null);
        }
        List<String> words = command.apply(server.host());
        try {
            Result result = ShortProgram.run(words, TIMEOUT);
            if (result.isLate()) {
                throw failed(words, "it did not end within " + TIMEOUT.toSeconds() + " s", null);
            }
            if (result.status() != 0) {
                throw failed(words, "exit status " + result.status() + ", " + end(result.output()), null);
            }
        } catch (IOException e) {
            throw failed(words, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(words, "interrupted", e);
        }
    }

    private static String end(String output) {
        String said = output.strip();
        return said.substring(Math.max(0, said.length() - MAX_OUTPUT));
    }

    private static ClockException failed(List<String> words, String what, @Nullable Throwable cause) {
        return new ClockException(
                "setting this machine's clock by '" + String.join(" ", words) + "' failed: " + what,
                "Set the clock of both machines by other means, such as chrony, and start again without --set-clock.",
                cause);
    }
}
