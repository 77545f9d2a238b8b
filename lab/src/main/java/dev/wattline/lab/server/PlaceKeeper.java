package dev.wattline.lab.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * For whom the place at the analyzers is kept: for the runner of a job, which shows the job's ticket, or for who has
 * reserved it. Safe for use by several threads; nothing here blocks.
 */
final class PlaceKeeper {
    private static final int TICKET_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    @GuardedBy("this")
    private Optional<Kept> kept = Optional.empty(); // guarded by this, as all

    @GuardedBy("this")
    private Optional<String> reserved = Optional.empty();

    @GuardedBy("this")
    private Runnable reconsider = () -> {};

    /**
     * @param ticket what the job's runner shows
     * @param shown the address of the runner that has shown it and is still there; empty for none
     */
    private record Kept(String job, String ticket, Optional<String> shown) {}

    /** Takes what is to run when it has changed for whom the place is kept. */
    synchronized void whenChanged(Runnable action) {
        reconsider = action;
    }

    /** Keeps the place for a job from now on; returns the ticket, 128 random bits in hex. */
    String keepFor(String job) {
        byte[] ticket = new byte[TICKET_BYTES];
        RANDOM.nextBytes(ticket);
        String text = HexFormat.of().formatHex(ticket);
        set(Optional.of(new Kept(job, text, Optional.empty())));
        return text;
    }

    /** The ticket of the job for which the place is kept. */
    synchronized Optional<String> ticket(String job) {
        return kept.filter(one -> one.job().equals(job)).map(Kept::ticket);
    }

    /** Keeps the place no longer for this job; its ticket is worth nothing from now on. */
    void free(String job) {
        synchronized (this) {
            if (kept.filter(one -> one.job().equals(job)).isEmpty()) {
                return;
            }
        }
        set(Optional.empty());
    }

    private void set(Optional<Kept> next) {
        Runnable tell;
        synchronized (this) {
            kept = next;
            tell = reconsider;
        }
        tell.run();
    }

    /** Whom the place is reserved for, as others are told; empty for nobody. */
    void reserve(Optional<String> text) {
        Runnable tell;
        synchronized (this) {
            if (reserved.equals(text)) {
                return;
            }
            reserved = text;
            tell = reconsider;
        }
        tell.run();
    }

    /** Takes a ticket; the job that it is for, or empty if it is none or a runner that shows it is there already. */
    synchronized Optional<String> show(String ticket, String address) {
        Optional<Kept> right = kept.filter(one -> one.shown().isEmpty()
                && MessageDigest.isEqual(
                        one.ticket().getBytes(StandardCharsets.UTF_8), ticket.getBytes(StandardCharsets.UTF_8)));
        kept = right.isPresent() ? right.map(one -> new Kept(one.job(), one.ticket(), Optional.of(address))) : kept;
        return right.map(Kept::job);
    }

    /** The runner that had shown a job's ticket is gone; another may show it, as long as the place is kept. */
    synchronized void gone(String job) {
        kept = kept.map(one -> one.job().equals(job) ? new Kept(one.job(), one.ticket(), Optional.empty()) : one);
    }

    /** The address of the runner that has shown the ticket of this job. */
    synchronized Optional<String> runner(String job) {
        return kept.filter(one -> one.job().equals(job)).flatMap(Kept::shown);
    }

    /** Why somebody may not have the place; empty if it may. */
    synchronized Optional<String> refusal(Optional<String> job) {
        if (kept.isPresent()) {
            String owner = kept.get().job();
            return job.equals(Optional.of(owner)) ? Optional.empty() : Optional.of("reserved for job " + owner);
        }
        return reserved;
    }
}
