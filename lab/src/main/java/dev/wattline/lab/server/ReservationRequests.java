package dev.wattline.lab.server;

import dev.wattline.lab.queue.QueueEvent.Reserved;
import dev.wattline.lab.queue.Reservation;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a console asks about the place at the analyzers being reserved. Lab thread only. */
final class ReservationRequests {
    private static final long MOST_SECONDS = Duration.ofHours(12).toSeconds();

    private final LabEngine engine;
    private final TimeSource time;

    ReservationRequests(LabEngine engine, TimeSource time) {
        this.engine = engine;
        this.time = time;
    }

    /**
     * Takes, extends or ends the reservation.
     *
     * @throws RefusedException if that is not for this console to do
     */
    LabMessage change(String action, LabMessage request, String who) {
        Optional<Reservation> held = engine.queue().reservation();
        switch (action) {
            case "take", "extend" -> {
                boolean own = held.filter(one -> one.holder().equals(who)).isPresent();
                if (held.isPresent() && (!own || action.equals("take"))) {
                    throw new RefusedException(
                            "reserved", held.get().describe(), own ? "Use --extend." : "--kick ends it.");
                }
                if (held.isEmpty() && action.equals("extend")) {
                    throw new RefusedException("reserved", "there is no reservation to extend");
                }
                Duration length = Duration.ofSeconds(request.whole("seconds", 1, MOST_SECONDS));
                Reservation given = new Reservation(
                        who,
                        request.optionalText("note")
                                .or(() -> held.map(Reservation::note))
                                .orElse(""),
                        time.now().truncatedTo(ChronoUnit.SECONDS).plus(length),
                        length);
                engine.record(new Reserved(given));
                engine.countReservation(given);
            }
            case "release", "kick" -> {
                Reservation one = held.orElseThrow(() -> new RefusedException("reserved", "there is no reservation"));
                if (action.equals("release") && !one.holder().equals(who)) {
                    throw new RefusedException("reserved", one.describe(), "--kick ends it, whoever has it.");
                }
                engine.endReservation(action.equals("kick") ? "kicked by " + who : "released");
            }
            default -> throw new RefusedException("unknown", "a reservation cannot be asked to '" + action + "'");
        }
        return shown();
    }

    /** Who has the place reserved, and until when. */
    LabMessage shown() {
        Optional<Reservation> held = engine.queue().reservation();
        return LabMessage.empty()
                .with("reserved-by", held.map(Reservation::holder).orElse(""))
                .with("reserved-until", held.map(one -> one.until().toString()).orElse(""))
                .with("note", held.map(Reservation::note).orElse(""));
    }
}
