package dev.wattline.director.session;

import dev.wattline.compliance.Explanation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something about a measurement that its reader should know and that no official file has a place for.
 *
 * @param code a stable word
 * @param at when it happened or was found
 * @param text what, with numbers
 * @param why what usually causes it and what to do, where that is not plain from the text
 */
record Finding(String code, Instant at, String text, Optional<Explanation> why) {

    Finding(String code, Instant at, String text) {
        this(code, at, text, Optional.empty());
    }

    /** As it stands in the summary. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("at", at.toString());
        json.put("text", text);
        why.ifPresent(explanation -> {
            json.put("cause", explanation.cause());
            json.put("remedy", explanation.remedy());
        });
        return json;
    }
}
