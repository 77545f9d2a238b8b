package dev.wattline.cli.options;

import dev.wattline.sut.companion.CompanionOrder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to run beside the measured workload. */
public final class CompanionOptions {
    @Option(
            names = "--companion",
            paramLabel = "CMD",
            description = {
                "A second workload that runs beside the measured one in each phase, in a shell. The session counts only",
                "where it lasts longer."
            })
    private @Nullable String command;

    @Option(
            names = "--companion-name",
            paramLabel = "NAME",
            description = "Its name in 'wattline results' (default: companion).")
    private @Nullable String name;

    @Option(
            names = "--companion-gpus",
            paramLabel = "other|same|N",
            description = "Told to it in WATTLINE_COMPANION_GPUS: the GPUs that it is to use.")
    private @Nullable String gpus;

    @Option(names = "--companion-loop", description = "Start it again where it ends well before the measured workload.")
    private boolean loop;

    @Option(
            names = "--companion-warm",
            paramLabel = "S",
            description = "How long it runs before a phase begins (default: 0).")
    private @Nullable Integer warm;

    /**
     * What is asked for; empty for nothing.
     *
     * @throws UsageException if one of them is wrong
     */
    public Optional<CompanionOrder> order() {
        if (command == null) {
            if (name != null || gpus != null || loop || warm != null) {
                throw new UsageException(
                        (name != null
                                        ? "--companion-name"
                                        : gpus != null
                                                ? "--companion-gpus"
                                                : loop ? "--companion-loop" : "--companion-warm")
                                + " was given, but no companion",
                        "Give its command with --companion too.");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(new CompanionOrder(
                    name == null ? "companion" : name,
                    command,
                    gpus == null ? "" : gpus,
                    loop,
                    Duration.ofSeconds(warm == null ? 0 : warm)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), null);
        }
    }
}
