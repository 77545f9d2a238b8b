package dev.wattline.files.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Why a text is no JSON, and where, in words for a message that names the file. */
public final class JsonTrouble {
    private JsonTrouble() {}

    /** Line and column from 1, where they are known, and what is wrong there. */
    public static String of(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        // Where the object begins that has no end is told with the class of the source, which helps nobody.
        return where + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    }
}
