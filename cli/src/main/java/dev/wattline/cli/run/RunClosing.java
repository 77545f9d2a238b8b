package dev.wattline.cli.run;

import dev.wattline.cli.demo.SelfCommand;
import dev.wattline.cli.json.RunResult;
import dev.wattline.sut.session.RunOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a complete run came to. Check and report are processes of their own: the runner's heap is small, so that it takes
 * little from the workload, and nothing that goes wrong here can touch the session.
 */
final class RunClosing {
    private final SelfCommand self;
    private final Consumer<String> console;

    /**
     * @param console told of what could not be done
     */
    RunClosing(SelfCommand self, Consumer<String> console) {
        this.self = self;
        this.console = console;
    }

    RunResult of(RunOutcome outcome) {
        String folder = outcome.folder().toString();
        Optional<String> checked = output("check", "--json", folder);
        Optional<Path> report =
                output("report", folder).map(text -> Path.of(text.strip())).filter(Files::exists);
        if (report.isEmpty()) {
            console.accept("the report was not written; wattline report " + folder + " says why");
        }
        return new RunResult(
                outcome.session().value(),
                outcome.folder(),
                outcome.suspicions(),
                checked.flatMap(RunResult::checked),
                report);
    }

    /** The peaks of a session that has a ranging phase only, as text or JSON. */
    Optional<String> peaks(RunOutcome outcome, boolean json) {
        String folder = outcome.folder().toString();
        return json ? output("peaks", "--json", folder) : output("peaks", folder);
    }

    /** Adds the session to the index of the folder it lies in, by which {@code wattline results} finds it. */
    void index(RunOutcome outcome) {
        Path root = outcome.folder().resolveSibling("");
        output("results", "import", "-d", root.toString(), outcome.folder().toString());
    }

    /** What another {@code wattline} printed, whatever its exit status. */
    private Optional<String> output(String... arguments) {
        try {
            Process process = new ProcessBuilder(self.with(arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text.isBlank() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            console.accept("wattline " + arguments[0] + " could not be started: " + e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
