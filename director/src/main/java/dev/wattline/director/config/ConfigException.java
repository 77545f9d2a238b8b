package dev.wattline.director.config;

import dev.wattline.model.WattlineException;
import dev.wattline.model.finding.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration file that the director cannot start with; the message lists every problem, a line each. */
public final class ConfigException extends WattlineException {
    private final transient List<Finding> problems;

    ConfigException(Path file, List<Finding> problems) {
        super(
                "configuration " + file + " cannot be used:\n"
                        + problems.stream()
                                .map(problem -> "  " + ConfigFindings.describe(problem, file))
                                .collect(Collectors.joining("\n")),
                "Correct the lines named; docs/director-configuration.md lists every key.",
                null);
        this.problems = List.copyOf(problems);
    }

    ConfigException(Path file, String message, Throwable cause) {
        super("could not read configuration " + file + ": " + message, "Give a readable file with -c FILE.", cause);
        this.problems = List.of();
    }

    public List<Finding> problems() {
        return problems;
    }
}
