package dev.wattline.protocol;

import java.util.List;

/** The fixed texts and numbers of protocol v3, as the MLCommons power tools have them since 2021. */
public final class ControlProtocol {
    /** The director's TCP port unless configured otherwise. */
    public static final int DEFAULT_PORT = 4950;

    /** The first line of a client. */
    public static final String CLIENT_MAGIC = "mlcommons/power client v3";

    /** The director's answer to any first line; it hangs up after it when that was not {@link #CLIENT_MAGIC}. */
    public static final String SERVER_MAGIC = "mlcommons/power server v3";

    /** The longest line, terminator included, that either of our sides accepts, in bytes; v3 itself has no limit. */
    public static final int MAX_LINE_BYTES = 4096;

    /** The most bytes in one chunk of a downloaded file. */
    public static final int MAX_CHUNK_BYTES = 1024 * 1024;

    /** The files that a client may download from a session, in the order in which clients ask for them. */
    public static final List<String> SESSION_FILES = List.of(
            "power/ptd_logs.txt",
            "ranging/spl.txt",
            "power/server.json",
            "power/server.log",
            "run_1/spl.txt",
            "run_1/ptd_out.txt");

    private ControlProtocol() {}
}
