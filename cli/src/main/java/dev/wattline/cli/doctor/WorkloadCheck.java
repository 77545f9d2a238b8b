package dev.wattline.cli.doctor;

import dev.wattline.model.process.Programs;
import dev.wattline.model.process.ShortProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the shell that will run the workload knows its first word. The workload itself is not run. */
final class WorkloadCheck implements DoctorCheck {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String workload;

    WorkloadCheck(String workload) {
        this.workload = workload;
    }

    @Override
    public String name() {
        return "workload";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        if (workload.isBlank()) {
            return CheckOutcome.fail("the command is empty", "Give the workload's command line with -w.");
        }
        Optional<String> word = FirstWord.of(workload);
        if (word.isEmpty()) {
            return CheckOutcome.warn(
                    "what '" + workload + "' starts is known only to the shell that runs it",
                    "Try the command by hand in this folder.");
        }
        return word.get().indexOf('/') >= 0 ? file(word.get()) : program(word.get());
    }

    private static CheckOutcome file(String word) {
        Path path = Path.of(word).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            return CheckOutcome.fail(
                    "there is no " + path, "The runner starts the workload in its own working folder: check the path.");
        }
        if (Files.isDirectory(path) || !Files.isExecutable(path)) {
            return CheckOutcome.fail(path + " cannot be executed", "chmod +x " + path);
        }
        return CheckOutcome.pass(path.toString());
    }

    private static CheckOutcome program(String word) throws InterruptedException {
        if (Programs.isWindows()) {
            return Programs.find(word)
                    .map(path -> CheckOutcome.pass(path.toString()))
                    .orElseGet(() -> CheckOutcome.warn("'" + word + "' is not on PATH", "It may be cmd's own."));
        }
        try {
            // The shell itself is asked, so that its own words such as cd or for are known.
            ShortProgram.Result result =
                    ShortProgram.run(List.of("/bin/sh", "-c", "command -v -- \"$1\"", "sh", word), LIMIT);
            if (result.isLate()) {
                return CheckOutcome.fail(
                        "/bin/sh gave no answer within " + Durations.text(LIMIT), "A workload needs a shell.");
            }
            return result.succeeded()
                    ? CheckOutcome.pass(describe(word, result.said()))
                    : CheckOutcome.fail(
                            "the shell does not know '" + word + "'",
                            "Check the spelling and PATH; a program of the current folder is written ./" + word + ".");
        } catch (IOException e) {
            return CheckOutcome.fail("/bin/sh could not be asked: " + e.getMessage(), "A workload needs a shell.");
        }
    }

    private static String describe(String word, String found) {
        return found.startsWith("/") ? found : "'" + word + "' is the shell's own; what follows it is not looked at";
    }
}
