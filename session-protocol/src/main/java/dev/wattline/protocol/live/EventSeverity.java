package dev.wattline.protocol.live;

import java.util.Locale;

/** How bad a pushed event is. */
public enum EventSeverity {
    /** Good to know. */
    INFO,
    /** The run may be unusable. */
    WARNING,
    /** The run is lost; the runner had better stop its workload. */
    FATAL;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
