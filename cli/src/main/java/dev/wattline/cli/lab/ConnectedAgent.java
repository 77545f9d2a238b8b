package dev.wattline.cli.lab;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.job.AgentJournal;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.lab.LabAgent;
import dev.wattline.campaign.local.SessionVerdict;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.lab.LabProtocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code wattline agent connect}: takes jobs from the director's queue. */
public final class ConnectedAgent {
    private ConnectedAgent() {}

    /**
     * The configuration, where this is the plain form of the command, {@code agent -c FILE connect}. It is run without picocli
     * then, which would stay in memory for as long as the agent waits; every other form is left to it.
     */
    public static Optional<Path> plainConfig(String... args) {
        if (args.length != 4 || !args[0].equals("agent")) {
            return Optional.empty();
        }
        List<String> words = List.of(args[1], args[2], args[3]);
        int option = words.indexOf("-c");
        boolean plain = (option == 0 && words.get(2).equals("connect"))
                || (option == 1 && words.get(0).equals("connect"));
        String file = plain ? words.get(option + 1) : "";
        return file.isEmpty() || file.startsWith("-") || file.startsWith("@")
                ? Optional.empty()
                : Optional.of(Path.of(file));
    }

    /**
     * Takes jobs until one is handed over or a signal ends it; in the loop's second turn notes how the runner ended.
     *
     * @return the exit status
     */
    public static int run(Path config) {
        AgentConfig read = AgentLoop.config(config);
        if (read.sut().isEmpty() || !LabProtocol.isName(read.sut())) {
            throw new UsageException(
                    config + ": the lab needs the machine's name", "Set sut to small letters, digits, '.' and '-'.");
        }
        OptionalInt ran = AgentLoop.ran(); // the loop's second turn: the runner has ended
        LocalAgent.Loop loop = AgentLoop.find();
        Path folder = AgentLoop.state();
        boolean[] handedOver = new boolean[1];
        try (AgentJournal journal = ran.isPresent()
                ? AgentJournal.openWhenFree(folder, TimeSource.system())
                : AgentJournal.open(folder, TimeSource.system())) {
            LabAgent agent = new LabAgent(
                    read,
                    journal,
                    new LabAgent.Surroundings(
                            folder,
                            AgentLoop.dialling(read),
                            line -> System.err.println("wattline agent: " + line),
                            TimeSource.system(),
                            Version.version(),
                            session -> SessionVerdict.objections(read.results(), session)));
            AgentLoop.interruptible(agent::interrupt, () -> {
                if (ran.isPresent()) {
                    agent.finish(ran.getAsInt());
                } else {
                    handedOver[0] = agent.run(loop);
                }
            });
        }
        return handedOver[0] ? AgentLoop.HANDED_OVER : ExitCode.OK.code();
    }
}
