package dev.wattline.agent.setting;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig.MachineSetting;
import dev.wattline.model.process.ShortProgram.Result;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One setting of the machine: read, set and read back. A setting is never taken to be what it was set to, but read. */
public final class SettingReading {
    private static final Pattern VALUE_GROUP = Pattern.compile("\\(\\?<value>");

    private final String name;
    private final MachineSetting setting;
    private final CountDownLatch interrupted;

    /** @param interrupted ends waiting once it is counted down */
    public SettingReading(String name, MachineSetting setting, CountDownLatch interrupted) {
        this.name = name;
        this.setting = setting;
        this.interrupted = interrupted;
    }

    /**
     * What the machine says of it, as printed.
     *
     * @throws AgentException if the command fails
     */
    public String read() {
        Result outcome = SettingCommand.run(setting.read(), setting.timeout());
        if (outcome.status() != 0) {
            throw failed("reading it", setting.read(), outcome);
        }
        return outcome.output().strip();
    }

    /**
     * The value in what {@link #read} gave: that of the group {@code value}, the same in each line; empty if there is no such
     * group, or the lines differ.
     */
    public Optional<String> value(String read) {
        Pattern any = setting.expect().get(MachineSetting.ANY);
        if (any == null || !VALUE_GROUP.matcher(any.pattern()).find()) {
            return Optional.empty();
        }
        Set<String> values = new TreeSet<>();
        for (String line : read.split("\\R")) {
            Matcher matcher = any.matcher(line.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            values.add(matcher.group("value"));
        }
        return values.size() == 1 ? values.stream().findFirst() : Optional.empty();
    }

    /** The value to restore: the configuration's, else the one that was read before; empty if neither is known. */
    public String restoredTo(String before) {
        return setting.restore().orElse(before);
    }

    /** Whether what was read is this value, by the pattern of the configuration. */
    public boolean is(String wanted, String read) {
        Pattern expected =
                setting.expect().getOrDefault(wanted, setting.expect().get(MachineSetting.ANY));
        if (expected == null) {
            return true; // the configuration expects nothing of this value
        }
        boolean named = VALUE_GROUP.matcher(expected.pattern()).find();
        for (String line : read.split("\\R")) {
            Matcher matcher = expected.matcher(line.strip());
            if (!(named ? matcher.matches() && matcher.group("value").equals(wanted) : matcher.find())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sets it and waits for its settle time.
     *
     * @throws AgentException if the command fails, or says that it did although it ended with 0
     */
    public void set(String wanted) {
        List<String> command = setting.applying(wanted);
        if (command.isEmpty()) {
            throw new AgentException("setting " + name + ": there is no command for " + wanted, null, null);
        }
        Result outcome = SettingCommand.run(command, setting.timeout());
        if (outcome.status() != 0
                || setting.errorPattern()
                        .filter(error -> error.matcher(outcome.output()).find())
                        .isPresent()) {
            throw failed("setting it to " + wanted, command, outcome);
        }
        try {
            if (interrupted.await(setting.settle().toMillis(), TimeUnit.MILLISECONDS)) {
                return; // what follows notices it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads it and requires it to be this value; returns what was read.
     *
     * @throws AgentException if it is another
     */
    public String require(String wanted) {
        String read = read();
        if (!is(wanted, read)) {
            throw new AgentException(
                    "setting " + name + " was set to " + wanted + ", but " + SettingCommand.shown(setting.read())
                            + " says '" + read.replace("\n", "' and '") + "'",
                    "Set and read it by hand as the agent's user; another setting may undo it.",
                    null);
        }
        return read;
    }

    private AgentException failed(String what, List<String> command, Result outcome) {
        return new AgentException(
                "setting " + name + ": " + what + " failed: " + SettingCommand.shown(command) + " ended with status "
                        + outcome.status()
                        + (outcome.output().isBlank()
                                ? ""
                                : ": " + outcome.output().strip()),
                "Run the command by hand as the agent's user; a service has no terminal to ask for a password at.",
                null);
    }
}
