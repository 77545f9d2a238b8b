package dev.wattline.agent.setting;

import dev.wattline.agent.AgentException;
import dev.wattline.model.process.ShortProgram;
import dev.wattline.model.process.ShortProgram.End;
import dev.wattline.model.process.ShortProgram.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs the short commands that an agent's configuration names. */
public final class SettingCommand {
    private SettingCommand() {}

    /**
     * Runs it to its end.
     *
     * @throws AgentException if it cannot be started or does not end in time; it is ended then, unless it cannot be, as a
     *     child of root
     */
    public static Result run(List<String> command, Duration timeout) {
        Result result;
        try {
            result = ShortProgram.run(command, timeout);
        } catch (IOException e) {
            throw new AgentException(
                    "could not start " + shown(command) + ": " + e.getMessage(), "Check that it is installed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("interrupted while " + shown(command) + " ran", null, e);
        }
        if (result.isLate()) {
            throw new AgentException(
                    shown(command) + " did not end within " + timeout.toSeconds() + " s"
                            + (result.end() == End.KILLED ? "" : ", and cannot be ended"),
                    "Run it by hand as the agent's user.",
                    null);
        }
        return result;
    }

    /** A command as it is named in messages. */
    public static String shown(List<String> command) {
        return "'" + String.join(" ", command) + "'";
    }
}
