package dev.wattline.cli.run;

import dev.wattline.cli.logging.DirectorLogFile;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.SignalEnd;
import dev.wattline.director.Director;
import dev.wattline.director.DirectorEnvironment;
import dev.wattline.director.NtpDirectorClock;
import dev.wattline.director.config.ConfigException;
import dev.wattline.director.config.ConfigFindings;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.lab.server.LabService;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline director}: the daemon beside the analyzers, or the reference's {@code power_server}. */
@Command(
        name = "director",
        description = "Run the director: start PTDaemon, drive the analyzers, serve one runner at a time.",
        footer = {
            "",
            "Examples:",
            "  wattline director -c director.conf            serve until Ctrl-C or a stop",
            "  wattline director --check -c director.conf    only say what is wrong with it",
            "  wattline director --strict -c director.conf   unknown keys are errors",
            "",
            "Ctrl-C ends an open session as failed, keeps its data and restores the",
            "analyzers' ranges, or leaves that to the next start if PTDaemon does not",
            "answer; the exit status is 1 then, and 0 if no session was cut."
        })
public final class DirectorCommand implements Callable<Integer> {
    @Mixin
    final CommonOptions common = new CommonOptions();

    @Option(
            names = {"-c", "--configurationFile"},
            paramLabel = "FILE",
            required = true,
            description = "The configuration: docs/director-configuration.md lists every key.")
    private Path file = Path.of("");

    @Option(names = "--check", description = "Only read the configuration and say what is wrong with it.")
    private boolean check;

    @Option(names = "--strict", description = "An unknown key or section is an error.")
    private boolean strict;

    @Override
    public Integer call() {
        DirectorConfig.Loaded loaded = load();
        if (check) {
            loaded.remarks().forEach(remark -> System.out.println(ConfigFindings.describe(remark, file)));
            System.out.println(file + ": can be used");
            return ExitCode.OK.code();
        }
        Director.requireResultsDir(loaded.config());
        DirectorLogFile.attach(loaded.config().settings().logFile());
        Logger log = LoggerFactory.getLogger(DirectorCommand.class);
        for (Finding remark : loaded.remarks()) {
            if (remark.severity() == Severity.INFO) {
                log.info("{}", ConfigFindings.describe(remark, file));
            } else {
                log.warn("{}", ConfigFindings.describe(remark, file));
            }
        }
        return serve(loaded.config());
    }

    private DirectorConfig.Loaded load() {
        try {
            return DirectorConfig.load(file, strict, System.getenv());
        } catch (ConfigException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
    }

    private static int serve(DirectorConfig config) {
        try (SignalEnd end = new SignalEnd()) {
            Director director = Director.start(
                    DirectorEnvironment.of(config, Version.version(), Version.commit()),
                    new NtpDirectorClock(config, TimeSource.system()),
                    LabService::open);
            end.closing(director, () -> exitStatus(director));
            director.awaitStop();
            director.close();
            return exitStatus(director);
        } catch (InterruptedException e) {
            System.err.println("director: a signal ended its start; nothing was left running");
            return ExitCode.INTERRUPTED.code();
        }
    }

    private static int exitStatus(Director director) {
        return director.cutSessionShort() ? ExitCode.FAILURE.code() : ExitCode.OK.code();
    }
}
