package dev.wattline.cli.json;

import dev.wattline.director.restore.OpenRestore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session in a director's folder.
 *
 * @param end {@code done}, {@code failed} or {@code open}
 * @param delivered whether a client said that it has all it wants
 * @param sut the client's address; empty where the journal does not say
 * @param took from its opening to its end; empty while it is open
 * @param watts mean of the readings while testing, W; empty where there are none
 * @param bytes size of its folder
 * @param openRestores ranges that analyzers had before it and do not have again
 */
public record ListedSession(
        String id,
        String end,
        boolean delivered,
        String sut,
        Instant openedAt,
        Optional<Duration> took,
        OptionalDouble watts,
        long bytes,
        List<OpenRestore> openRestores) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double MILLIS = 1e3;

    /** Sessions as a JSON array; what is not known is null. */
    public static String json(List<ListedSession> sessions) {
        ArrayNode array = MAPPER.createArrayNode();
        for (ListedSession session : sessions) {
            ObjectNode one = array.addObject();
            one.put("session", session.id());
            one.put("end", session.end());
            one.put("delivered", session.delivered());
            one.put("sut", session.sut());
            one.put("openedAt", session.openedAt().toString());
            one.put(
                    "seconds",
                    session.took().map(took -> took.toMillis() / MILLIS).orElse(null));
            one.put(
                    "testingWatts",
                    session.watts().isPresent() ? (Double) session.watts().getAsDouble() : null);
            one.put("bytes", session.bytes());
            ArrayNode restores = one.putArray("openRestores");
            for (OpenRestore open : session.openRestores()) {
                restores.addObject()
                        .put("analyzer", open.analyzer())
                        .put("instrument", open.instrument())
                        .put("voltageRange", open.volts())
                        .put("currentRange", open.amps())
                        .put("cause", open.cause());
            }
        }
        return MAPPER.writeValueAsString(array);
    }
}
