package dev.wattline.agent.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an agent may start and set. Commands are program and arguments, never a shell's text.
 *
 * @param sut the machine's name in the lab
 * @param director whom the runner connects to, {@code host} or {@code host:port}
 * @param ntp the time server
 * @param results where sessions go
 * @param ready each must end with 0 before anything is prepared
 * @param actions what may be done with the machine by name, such as {@value #REBOOT}
 * @param sensors what can be read of the machine while nothing is measured
 * @param access how director and lab are entered
 * @param sources what measures where there is no director
 */
public record AgentConfig(
        String sut,
        String director,
        String ntp,
        Path results,
        List<List<String>> ready,
        SortedMap<String, MachineAction> actions,
        SortedMap<String, NamedWorkload> workloads,
        SortedMap<String, MachineSetting> settings,
        SortedMap<String, Sensor> sensors,
        AgentAccess access,
        MachineSources sources) {
    /** The action that campaigns start the machine anew by. */
    public static final String REBOOT = "reboot";

    public AgentConfig {
        ready = ready.stream().map(List::copyOf).toList();
        actions = new TreeMap<>(actions);
        workloads = new TreeMap<>(workloads);
        settings = new TreeMap<>(settings);
        sensors = new TreeMap<>(sensors);
    }

    /** The same for measurements without director, whose sessions go into a folder of their own below the results. */
    public AgentConfig informal() {
        return new AgentConfig(
                sut,
                director,
                ntp,
                results.resolve("informal"),
                ready,
                actions,
                workloads,
                settings,
                sensors,
                access,
                sources);
    }

    /** The command that starts the machine anew; empty for none. */
    public List<String> reboot() {
        MachineAction action = actions.get(REBOOT);
        return action == null ? List.of() : action.command();
    }

    /**
     * Something that is done with the machine, not measured.
     *
     * @param command program and arguments
     * @param returns how long the machine may take to come back where the command starts it anew; empty where it stays up
     */
    public record MachineAction(List<String> command, Optional<Duration> returns) {
        public MachineAction {
            command = List.copyOf(command);
        }
    }

    /**
     * What measures where there is no director: this machine's own sources.
     *
     * @param telemetry as of {@code run}; empty for what the machine has
     * @param settings the file with settings of sources
     * @param calibration by which power at the wall is inferred
     */
    public record MachineSources(String telemetry, Optional<Path> settings, Optional<Path> calibration) {}

    /**
     * Something that is read, such as a temperature.
     *
     * @param command prints numbers, one a line
     * @param take which of them counts
     * @param timeout how long the command may take
     */
    public record Sensor(List<String> command, Take take, Duration timeout) {
        /** Which of several numbers counts. */
        public enum Take {
            MAX,
            MIN,
            MEAN
        }

        public Sensor {
            command = List.copyOf(command);
        }
    }

    /**
     * A workload.
     *
     * @param command program and arguments; {@code {name}} in one of them stands for the parameter of that name
     * @param cleanup run after each job and after one that was interrupted; empty if there is nothing to end
     * @param folder the working folder
     * @param loadgenLogs where it writes LoadGen's logs; empty if it writes none, and is for plain jobs and measurements without
     *     director only
     * @param params its parameters
     * @param warm how long it runs before anything is measured where it runs beside another workload
     * @param expect how long one run of it takes; empty if nobody has said
     */
    public record NamedWorkload(
            List<String> command,
            List<String> cleanup,
            Path folder,
            Optional<Path> loadgenLogs,
            SortedMap<String, Parameter> params,
            Duration warm,
            Optional<Duration> expect) {
        public NamedWorkload {
            command = List.copyOf(command);
            cleanup = List.copyOf(cleanup);
            params = new TreeMap<>(params);
        }
    }

    /** A parameter; without a default it must be given. */
    public record Parameter(AllowedValues allowed, Optional<String> fallback) {}

    /**
     * A setting of the machine.
     *
     * @param allowed its values
     * @param apply the command for each value, or one command for all under the key {@code *}, in which {@code {value}} stands
     *     for the value
     * @param read the command whose output tells it
     * @param expect what each line of that output must match, by value or for all under {@code *}; a group named
     *     {@code value} must be the value
     * @param restore the value afterwards; empty for the one that was read before
     * @param errorPattern what in the output of {@code apply} means that it failed although it ended with 0
     * @param settle how long to wait after {@code apply} before it is read
     * @param timeout how long each of its commands may take
     */
    public record MachineSetting(
            AllowedValues allowed,
            Map<String, List<String>> apply,
            List<String> read,
            Map<String, Pattern> expect,
            Optional<String> restore,
            Optional<Pattern> errorPattern,
            Duration settle,
            Duration timeout) {
        /** Stands for every value. */
        public static final String ANY = "*";

        public MachineSetting {
            apply = Map.copyOf(apply);
            read = List.copyOf(read);
            expect = Map.copyOf(expect);
        }

        /** The command that sets a value. */
        public List<String> applying(String value) {
            List<String> command = apply.getOrDefault(value, apply.getOrDefault(ANY, List.of()));
            return command.stream().map(word -> word.replace("{value}", value)).toList();
        }
    }
}
