package dev.wattline.lab.queue;

import dev.wattline.lab.LabException;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.time.Instant;

/** What happens to the queue, a line each in its journal. */
public sealed interface QueueEvent {
    /** A job was asked for. */
    record Added(String job, JobOrder order, String by, Instant at) implements QueueEvent {}

    /** Its agent is about to get it. */
    record Begun(String job, int attempt) implements QueueEvent {}

    /** Its agent is about to leave it to the runner. */
    record HandedOver(String job) implements QueueEvent {}

    /** Its session is open. */
    record Opened(String job, String session) implements QueueEvent {}

    /** Its session is over. */
    record Closed(String job) implements QueueEvent {}

    /** Nothing of it was begun: it is first in the queue again. */
    record Requeued(String job) implements QueueEvent {}

    /** Somebody wants it stopped. */
    record StopAsked(String job, String by) implements QueueEvent {}

    /** It has come to its end. */
    record Ended(JobReport report) implements QueueEvent {}

    /** It has another place among those that wait, from 1. */
    record Moved(String job, int place) implements QueueEvent {}

    /** Nothing is begun from now on. */
    record Paused(String reason) implements QueueEvent {}

    /** Jobs are begun again. */
    record Resumed(String by) implements QueueEvent {}

    /** Somebody has the analyzers for a while, or longer than before. */
    record Reserved(Reservation reservation) implements QueueEvent {}

    /** Nobody has them any more: released, kicked or lapsed. */
    record Released(String how) implements QueueEvent {}

    /** The event as a line's message. */
    static LabMessage line(QueueEvent event) {
        LabMessage line = LabMessage.empty().with("what", event.getClass().getSimpleName());
        if (event instanceof Added added) {
            LabMessage order = added.order().into(line.with("job", added.job()));
            return order.with("by", added.by()).with("at", added.at().toString());
        } else if (event instanceof Begun begun) {
            return line.with("job", begun.job()).with("attempt", begun.attempt());
        } else if (event instanceof HandedOver handed) {
            return line.with("job", handed.job());
        } else if (event instanceof Opened opened) {
            return line.with("job", opened.job()).with("session", opened.session());
        } else if (event instanceof Closed closed) {
            return line.with("job", closed.job());
        } else if (event instanceof Requeued again) {
            return line.with("job", again.job());
        } else if (event instanceof StopAsked stop) {
            return line.with("job", stop.job()).with("by", stop.by());
        } else if (event instanceof Ended ended) {
            return ended.report().into(line);
        } else if (event instanceof Moved moved) {
            return line.with("job", moved.job()).with("place", moved.place());
        } else if (event instanceof Paused paused) {
            return line.with("reason", paused.reason());
        } else if (event instanceof Resumed resumed) {
            return line.with("by", resumed.by());
        } else if (event instanceof Reserved reserved) {
            Reservation given = reserved.reservation();
            return line.with("holder", given.holder())
                    .with("note", given.note())
                    .with("until", given.until().toString())
                    .with("seconds", given.length().toSeconds());
        } else if (event instanceof Released released) {
            return line.with("how", released.how());
        }
        throw new IllegalStateException("no line for " + event);
    }

    /**
     * Reads a line's message.
     *
     * @throws LabException if it is none of these
     * @throws dev.wattline.protocol.lab.LabMessageException if something in it is not as it should be
     */
    static QueueEvent of(LabMessage line) {
        String what = line.text("what");
        return switch (what) {
            case "Added" ->
                new Added(line.text("job"), JobOrder.of(line), line.text("by"), Instant.parse(line.text("at")));
            case "Begun" -> new Begun(line.text("job"), (int) line.whole("attempt", 1, Integer.MAX_VALUE));
            case "HandedOver" -> new HandedOver(line.text("job"));
            case "Opened" -> new Opened(line.text("job"), line.text("session"));
            case "Closed" -> new Closed(line.text("job"));
            case "Requeued" -> new Requeued(line.text("job"));
            case "StopAsked" -> new StopAsked(line.text("job"), line.text("by"));
            case "Ended" -> new Ended(JobReport.of(line));
            case "Moved" -> new Moved(line.text("job"), (int) line.whole("place", 1, Integer.MAX_VALUE));
            case "Paused" -> new Paused(line.text("reason"));
            case "Resumed" -> new Resumed(line.text("by"));
            case "Reserved" ->
                new Reserved(new Reservation(
                        line.text("holder"),
                        line.text("note"),
                        Instant.parse(line.text("until")),
                        Duration.ofSeconds(line.whole("seconds", 0, Integer.MAX_VALUE))));
            case "Released" -> new Released(line.text("how"));
            default -> throw new LabException("a line of the queue's journal says '" + what + "'", null, null);
        };
    }
}
