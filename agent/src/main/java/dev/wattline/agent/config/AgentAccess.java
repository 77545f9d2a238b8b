package dev.wattline.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a director is entered that does not let everybody in; all of it is files, which the agent's user must be able to read.
 *
 * @param tokenFile the token that all runners of the director know
 * @param labTokenFile name and token of this machine in the lab
 * @param tls key, certificates and their password
 */
public record AgentAccess(Optional<Path> tokenFile, Optional<Path> labTokenFile, Optional<Tls> tls) {
    /** Files in PKCS #12, and the file with the password of both. */
    public record Tls(Path identity, Path trusted, Path passwordFile) {}

    /** The options of {@code wattline run} for it. */
    public List<String> runnerOptions() {
        List<String> options = new ArrayList<>();
        tokenFile.ifPresent(file -> options.add("--token-file=" + file));
        tls.ifPresent(files -> {
            options.add("--tls-identity=" + files.identity());
            options.add("--tls-trusted=" + files.trusted());
            options.add("--tls-password-file=" + files.passwordFile());
        });
        return options;
    }
}
