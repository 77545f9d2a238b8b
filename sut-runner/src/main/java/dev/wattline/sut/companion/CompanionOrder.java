package dev.wattline.sut.companion;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What is to run beside the measured workload.
 *
 * @param name of it; what the session is found by
 * @param command command line for a shell
 * @param gpus on which GPUs, as {@link dev.wattline.sut.process.WorkloadVariables#COMPANION_GPUS}; only the command itself can heed
 *     it
 * @param loop whether it is started again where it ends well before the measured workload
 * @param warm how long it runs before the measurement begins
 */
public record CompanionOrder(String name, String command, String gpus, boolean loop, Duration warm) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern GPUS = Pattern.compile("|other|same|[0-9]{1,3}");

    public CompanionOrder {
        if (command.isBlank()) {
            throw new IllegalArgumentException("--companion: expected a command, got none");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--companion-name: expected letters, digits, '.', '_' and '-', at most 63, got '" + name + "'");
        }
        if (!GPUS.matcher(gpus).matches()) {
            throw new IllegalArgumentException(
                    "--companion-gpus: expected other, same or the index of a GPU, got '" + gpus + "'");
        }
        if (warm.isNegative()) {
            throw new IllegalArgumentException("--companion-warm: expected seconds from 0 up");
        }
    }

    /** As it is shown: {@code sgemm@other loop}. */
    public String shown() {
        return name + (gpus.isEmpty() ? "" : "@" + gpus) + (loop ? " loop" : "");
    }
}
