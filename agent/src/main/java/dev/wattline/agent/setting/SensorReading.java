package dev.wattline.agent.setting;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig.Sensor;
import dev.wattline.model.process.ShortProgram.Result;
import java.util.List;

/** Reads a sensor of the machine. */
public final class SensorReading {
    private SensorReading() {}

    /**
     * What it says now.
     *
     * @throws AgentException if its command fails or prints anything but numbers, one a line
     */
    public static double read(String name, Sensor sensor) {
        Result outcome = SettingCommand.run(sensor.command(), sensor.timeout());
        List<String> lines = outcome.output()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (outcome.status() != 0 || lines.isEmpty()) {
            throw failed(
                    name,
                    sensor,
                    "ended with status " + outcome.status() + ": "
                            + outcome.output().strip());
        }
        double[] values;
        try {
            values = lines.stream().mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw failed(name, sensor, "printed '" + String.join("' and '", lines) + "', which is no number a line");
        }
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            sum += value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return switch (sensor.take()) {
            case MAX -> greatest;
            case MIN -> least;
            case MEAN -> sum / values.length;
        };
    }

    private static AgentException failed(String name, Sensor sensor, String what) {
        return new AgentException(
                "sensor " + name + ": " + SettingCommand.shown(sensor.command()) + " " + what,
                "Run the command by hand as the agent's user.",
                null);
    }
}
