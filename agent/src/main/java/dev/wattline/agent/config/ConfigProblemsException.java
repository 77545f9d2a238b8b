package dev.wattline.agent.config;

import dev.wattline.agent.AgentException;
import java.util.List;

/** All that is wrong with a configuration, a line each with file, line and column. */
public final class ConfigProblemsException extends AgentException {
    private final List<String> problems;

    ConfigProblemsException(List<String> problems, String remedy) {
        super(String.join("\n", problems), remedy, null);
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
