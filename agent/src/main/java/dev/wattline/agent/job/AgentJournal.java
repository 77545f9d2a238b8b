package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent did, a line each on the disk before the next thing is done: instant, kind and values with TAB between them.
 * Of a line that a crash cut only that the crash came before what it announces is known, and it does not count. One process
 * at a time has it open. Longer than 64 KiB, it is kept as {@code agent.journal.old} when the next process opens it with
 * nothing left to do, and begun anew. Not safe for use by several threads.
 */
public final class AgentJournal implements AutoCloseable {
    private static final String FILE = "agent.journal";
    private static final int MAX_KEPT = 64 * 1024; // bytes, of jobs that have come to their end

    private static final String HOLDER = "agent.holder"; // process id of who has it open, and whether it stays
    private static final String STAYS = " stays";

    private final Path folder;
    private final RandomAccessFile out;
    private final FileLock lock;
    private final TimeSource time;
    private AgentState state = AgentState.READY;
    private Optional<String> job = Optional.empty();
    private String workload = "";
    private String companion = "";
    private final Map<String, Change> changed = new LinkedHashMap<>(); // by the setting's name
    private List<String> handedOver = List.of();

    /** A setting that was changed: what was read before, empty if that is no single value, and what was wanted. */
    public record Change(String before, String wanted) {}

    /** What a line says. */
    public enum Kind {
        /** A job was begun: id, workload. */
        JOB,
        /** A setting is about to be changed: name, what was read before, what is wanted. */
        SETTING,
        /** A setting has its value again: name. */
        RESTORED,
        /** The runner is about to get the job: id, process id of the loop, when that began. */
        HANDED_OVER,
        /** The job has ended: id, the runner's exit status. */
        ENDED,
        /** The job was cut short and what it had set is being restored. */
        RECOVERING,
        /** There is nothing left to do. */
        READY
    }

    private AgentJournal(Path folder, RandomAccessFile out, FileLock lock, TimeSource time) {
        this.folder = folder;
        this.out = out;
        this.lock = lock;
        this.time = time;
    }

    /**
     * Opens the journal of a folder and reads where things stand.
     *
     * @throws MachineBusyException if another agent has it open
     * @throws AgentException if it cannot be read or written
     */
    public static AgentJournal open(Path folder, TimeSource time) {
        return open(folder, time, false);
    }

    /** The same for who must go on with a job: another agent that has it open for a moment is waited for. */
    public static AgentJournal openWhenFree(Path folder, TimeSource time) {
        return open(folder, time, true);
    }

    private static AgentJournal open(Path folder, TimeSource time, boolean waits) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            FileLock lock = waits ? out.getChannel().lock() : out.getChannel().tryLock();
            if (lock == null) {
                out.close();
                throw busy(folder);
            }
            AgentJournal journal = new AgentJournal(folder, out, lock, time);
            journal.nameHolder("");
            journal.replay();
            journal.shorten(folder.resolve(FILE + ".old"));
            DurableFile.syncFolder(file);
            return journal;
        } catch (IOException e) {
            throw new AgentException("cannot use the journal " + file + ": " + IoErrors.of(e), null, e);
        }
    }

    private static MachineBusyException busy(Path folder) {
        String holder;
        try {
            holder = Files.readString(folder.resolve(HOLDER)).strip();
        } catch (IOException e) {
            return new MachineBusyException(
                    "another agent works with " + folder, "Wait until it has ended; two would undo each other.");
        }
        if (holder.endsWith(STAYS)) {
            String pid = holder.substring(0, holder.length() - STAYS.length());
            return new MachineBusyException(
                    "process " + pid + ", a 'wattline agent connect', has this machine for the jobs of its director",
                    "End it first (kill " + pid + ", or stop its service), or put the work into the director's queue.",
                    MachineBusyException.Until.TOLD_TO_END);
        }
        return new MachineBusyException(
                "process " + holder + ", another agent, works with " + folder,
                "Wait until it has ended; two would undo each other.");
    }

    /** For who is refused; what cannot be written there only makes the refusal less precise. */
    private void nameHolder(String more) {
        try {
            Files.writeString(folder.resolve(HOLDER), ProcessHandle.current().pid() + more + "\n");
        } catch (IOException e) {
            return; // a full disk must not keep an agent from restoring
        }
    }

    /** This process keeps it open until it is told to end: who waits for it waits in vain, and is told so. */
    public void stay() {
        nameHolder(STAYS);
    }

    private void replay() throws IOException {
        byte[] bytes = new byte[(int) out.length()];
        out.readFully(bytes);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n", -1)) {
            String[] parts = line.split("\t", -1);
            if (parts.length >= 2) {
                apply(Kind.valueOf(parts[1]), Arrays.asList(parts).subList(2, parts.length));
            }
        }
        out.setLength(end); // a cut line is ended here
        out.seek(end);
    }

    /** Moves the lines of jobs that have come to their end away, for each start reads the whole file. */
    private void shorten(Path old) throws IOException {
        if (state != AgentState.READY || !changed.isEmpty() || out.length() <= MAX_KEPT) {
            return;
        }
        byte[] ended = new byte[(int) out.length()];
        out.seek(0);
        out.readFully(ended);
        DurableFile.replace(old, ended);
        out.setLength(0);
        out.getFD().sync();
    }

    private void apply(Kind kind, List<String> values) {
        switch (kind) {
            case JOB -> {
                job = Optional.of(values.get(0));
                workload = values.get(1);
                companion = values.size() > 2 ? values.get(2) : "";
                become(AgentState.PREPARING);
            }
            case SETTING -> changed.putIfAbsent(values.get(0), new Change(values.get(1), values.get(2)));
            case RESTORED -> changed.remove(values.get(0));
            case HANDED_OVER -> {
                handedOver = List.copyOf(values);
                become(AgentState.MEASURING);
            }
            case ENDED -> become(AgentState.FINISHING);
            case RECOVERING -> become(AgentState.RECOVERING);
            case READY -> {
                job = Optional.empty();
                handedOver = List.of();
                become(AgentState.READY);
            }
        }
    }

    private void become(AgentState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("an agent that is " + state + " cannot become " + next);
        }
        state = next;
    }

    /** Writes a line; when this returns it is on the disk. */
    public void add(Kind kind, String... values) {
        List<String> clean = new ArrayList<>();
        for (String value : values) {
            clean.add(value.replaceAll("[\\t\\r\\n]+", " "));
        }
        apply(kind, clean);
        try {
            out.write((time.now() + "\t" + kind + "\t" + String.join("\t", clean) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        } catch (IOException e) {
            throw new AgentException("cannot write the agent's journal: " + IoErrors.of(e), "Free some space.", e);
        }
    }

    /** Where things stand by what is on the disk. */
    public AgentState state() {
        return state;
    }

    /** The job that was begun and has not come to its end. */
    public Optional<String> job() {
        return job;
    }

    /** The workload of that job; empty if there was none yet. */
    public String workload() {
        return workload;
    }

    /** The workload that runs beside it; empty if none does. */
    public String companion() {
        return companion;
    }

    /** The settings that were changed and not restored, in that order. */
    public Map<String, Change> changed() {
        return new LinkedHashMap<>(changed);
    }

    /** Id of the job that the runner has, process id of its loop, and when that began; empty if the runner has none. */
    public List<String> handedOver() {
        return handedOver;
    }

    @Override
    public void close() {
        try {
            lock.release();
            out.close();
        } catch (IOException e) {
            throw new AgentException("cannot close the agent's journal: " + IoErrors.of(e), null, e);
        }
    }
}
