package dev.wattline.director.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something about a measurement that its reader should know and that no official file has a place for.
 *
 * @param code a stable word
 * @param at when it happened or was found
 * @param text what, with numbers
 */
record Finding(String code, Instant at, String text) {

    /** As it stands in the summary. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("at", at.toString());
        json.put("text", text);
        return json;
    }
}
