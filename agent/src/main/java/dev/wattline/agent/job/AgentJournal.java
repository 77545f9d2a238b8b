package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import java.io.FileNotFoundException;
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

    private AgentJournal(Path folder, RandomAccessFile out, TimeSource time) {
        this.folder = folder;
        this.out = out;
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
        RandomAccessFile out = null;
        AgentJournal journal = null;
        try {
            Files.createDirectories(folder);
            out = new RandomAccessFile(file.toFile(), "rw");
            // Until it is closed, or this process ends.
            FileLock lock = waits ? out.getChannel().lock() : out.getChannel().tryLock();
            if (lock == null) {
                throw busy(folder);
            }
            AgentJournal opened = new AgentJournal(folder, out, time);
            opened.nameHolder("");
            opened.replay(file);
            opened.shorten(folder.resolve(FILE + ".old"));
            DurableFile.syncFolder(file);
            journal = opened;
            return opened;
        } catch (IOException e) {
            throw new AgentException("cannot use the journal " + file + ": " + IoErrors.of(e), null, e);
        } finally {
            if (journal == null && out != null) {
                closeQuietly(out);
            }
        }
    }

    /** Its lock goes with it; why it is not used is told already. */
    private static void closeQuietly(RandomAccessFile out) {
        try {
            out.close();
        } catch (IOException e) {
            return;
        }
    }

    /**
     * Where things stand, by the journal of a folder that an agent may have open.
     *
     * @return the job that is under way, as a person is told of it; empty if there is none
     * @throws AgentException if it cannot be read
     */
    public static Optional<String> jobUnderWay(Path folder) {
        Path file = folder.resolve(FILE);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            AgentJournal seen = new AgentJournal(folder, in, TimeSource.system());
            seen.read(file);
            return seen.state == AgentState.READY ? Optional.empty() : seen.job;
        } catch (FileNotFoundException e) {
            if (Files.exists(file)) {
                throw new AgentException("cannot read the journal " + file + ": " + IoErrors.of(e), null, e);
            }
            return Optional.empty(); // no agent has worked with this folder
        } catch (IOException e) {
            throw new AgentException("cannot read the journal " + file + ": " + IoErrors.of(e), null, e);
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

    private void replay(Path file) throws IOException {
        int end = read(file);
        out.setLength(end); // a cut line is ended here
        out.seek(end);
    }

    /** Reads all whole lines; returns where the last one ends. */
    private int read(Path file) throws IOException {
        byte[] bytes = new byte[(int) out.length()];
        out.readFully(bytes);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        int number = 0;
        for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            String[] parts = line.split("\t", -1);
            if (parts.length >= 2) {
                try {
                    apply(Kind.valueOf(parts[1]), Arrays.asList(parts).subList(2, parts.length));
                } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                    throw new AgentException(
                            file + ", line " + number + ": is no line of an agent's journal here: '" + line + "'",
                            "Somebody has changed it: put back what it was; or, once all settings are the machine's own"
                                    + " again, delete it.",
                            e);
                }
            }
        }
        return end;
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
        AgentState next = stateAfter(kind);
        switch (kind) {
            case JOB -> {
                job = Optional.of(values.get(0));
                workload = values.get(1);
                companion = values.size() > 2 ? values.get(2) : "";
            }
            case SETTING -> changed.putIfAbsent(values.get(0), new Change(values.get(1), values.get(2)));
            case RESTORED -> changed.remove(values.get(0));
            case HANDED_OVER -> handedOver = List.copyOf(values);
            case READY -> {
                job = Optional.empty();
                handedOver = List.of();
            }
            case ENDED, RECOVERING -> {}
        }
        state = next;
    }

    private AgentState stateAfter(Kind kind) {
        AgentState next = switch (kind) {
            case SETTING, RESTORED -> state;
            case JOB -> AgentState.PREPARING;
            case HANDED_OVER -> AgentState.MEASURING;
            case ENDED -> AgentState.FINISHING;
            case RECOVERING -> AgentState.RECOVERING;
            case READY -> AgentState.READY;
        };
        boolean stays = kind == Kind.SETTING || kind == Kind.RESTORED;
        if (!stays && !state.mayBecome(next)) {
            throw new IllegalStateException("an agent that is " + state + " cannot become " + next);
        }
        return next;
    }

    /**
     * Writes a line; when this returns it is on the disk.
     *
     * @throws AgentException if it cannot be written; then nothing of it is there, and things stand as before
     */
    public void add(Kind kind, String... values) {
        List<String> clean = new ArrayList<>();
        for (String value : values) {
            clean.add(value.replaceAll("[\\t\\r\\n]+", " "));
        }
        var unused = stateAfter(kind); // nothing that cannot be is written
        long end = -1;
        try {
            end = out.getFilePointer();
            out.write((time.now() + "\t" + kind + "\t" + String.join("\t", clean) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        } catch (IOException e) {
            takeBack(end);
            throw new AgentException(
                    "cannot write the agent's journal " + folder.resolve(FILE) + ": " + IoErrors.of(e),
                    "Free some space.",
                    e);
        }
        apply(kind, clean);
    }

    /** A line that is there in part would make one with the next. */
    private void takeBack(long end) {
        if (end < 0) {
            return;
        }
        try {
            out.setLength(end);
            out.seek(end);
        } catch (IOException e) {
            return; // the failure before it is told; a line that is cut does not count
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
            out.close(); // and with it the lock
        } catch (IOException e) {
            throw new AgentException("cannot close the agent's journal: " + IoErrors.of(e), null, e);
        }
    }
}
