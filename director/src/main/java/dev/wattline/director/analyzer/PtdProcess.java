package dev.wattline.director.analyzer;

import dev.wattline.model.process.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running PTDaemon. Its output goes to a file by the operating system's own redirection, so that no byte of it is
 * lost whatever becomes of the director. It runs with {@code TZ=UTC}, and where {@code setsid} exists in a session of its
 * own, so that a Ctrl-C meant for the director does not reach it before its ranges are restored.
 */
final class PtdProcess implements RunningPtd {
    private static final Logger LOG = LoggerFactory.getLogger(PtdProcess.class);
    private static final Optional<Path> SETSID = Programs.find("setsid");
    private static final int TAIL_BYTES = 2000;

    private final int analyzer;
    private final Process process;
    private final Path output;

    private PtdProcess(int analyzer, Process process, Path output) {
        this.analyzer = analyzer;
        this.process = process;
        this.output = output;
    }

    /** See {@link PtdLauncher#launch}. */
    static PtdProcess start(int analyzer, List<String> command, int port, Path output) {
        if (!PortHolder.isFree(port)) {
            String holder =
                    PortHolder.find(port).map(process -> " by " + process).orElse("");
            throw new AnalyzerException(
                    analyzer,
                    "could not start PTDaemon: its port " + port + " is taken" + holder,
                    "End that process, or give this analyzer another networkPort.",
                    null);
        }
        if (!isRunnable(command.get(0))) { // setsid would find that out too late to tell it from a PTDaemon that failed
            throw notRunnable(analyzer, command, "there is no such program, or it may not be executed", null);
        }
        List<String> line = new ArrayList<>(command);
        SETSID.ifPresent(setsid -> line.add(0, setsid.toString()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("TZ", "UTC");
        try {
            Process process = builder.start();
            LOG.debug("analyzer={} pid={} command={}", analyzer, process.pid(), command);
            return new PtdProcess(analyzer, process, output);
        } catch (IOException e) {
            throw notRunnable(analyzer, command, String.valueOf(e.getMessage()), e);
        }
    }

    private static AnalyzerException notRunnable(
            int analyzer, List<String> command, String reason, @Nullable Throwable cause) {
        return new AnalyzerException(
                analyzer,
                "could not run PTDaemon as " + command + ": " + reason,
                "Check the key 'ptd' in the configuration: the file must exist and be executable.",
                cause);
    }

    private static boolean isRunnable(String program) {
        if (SETSID.isEmpty()) {
            return true; // the system itself says so then
        }
        return Programs.find(program).isPresent();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public long startedAtMillis() {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public String lastWords() {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(tail);
            List<String> lines = new String(tail, StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return words(lines);
        } catch (IOException e) {
            return "its output could not be read: " + e.getMessage();
        }
    }

    /** The last line, and before it the last error, which PTDaemon may follow by what it says in any case. */
    private static String words(List<String> lines) {
        if (lines.isEmpty()) {
            return "it printed nothing";
        }
        String last = lines.get(lines.size() - 1);
        return lines.stream()
                .filter(line -> line.contains("ERROR: ") && !line.equals(last))
                .reduce((one, later) -> later)
                .map(error -> "it printed '" + error + "' and last: " + last)
                .orElse("it last printed: " + last);
    }

    @Override
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends the process and its children: asks first, kills after the time of grace, and waits until they are gone. */
    @Override
    public void close(Duration grace) {
        List<ProcessHandle> children = process.descendants().toList();
        if (!process.isAlive() && children.isEmpty()) {
            return;
        }
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        if (!waitFor(process.toHandle(), children, grace)) {
            LOG.warn(
                    "analyzer={} pid={} PTDaemon was still there {} s after SIGTERM and is killed",
                    analyzer,
                    pid(),
                    grace.toMillis() / 1e3);
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            waitFor(process.toHandle(), children, grace);
        }
    }

    private static boolean waitFor(ProcessHandle parent, List<ProcessHandle> children, Duration limit) {
        List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
        ends.add(parent.onExit());
        children.forEach(child -> ends.add(child.onExit()));
        boolean interrupted = Thread.interrupted(); // ending PTDaemon is the last thing to be given up
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process cannot fail", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
