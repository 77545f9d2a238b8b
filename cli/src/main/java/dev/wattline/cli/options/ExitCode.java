package dev.wattline.cli.options;

/** How {@code wattline} ends; the table in {@code docs/exit-codes.md} is made of these. */
public enum ExitCode {
    /** All that was asked for was done. */
    OK(0),
    /** It was tried and failed; the message says what and why. */
    FAILURE(1),
    /** The command line or a configuration file is wrong; nothing was started. */
    USAGE(2),
    /** A job of the lab was done to its end, and its session does not count. */
    NOT_VALID(3),
    /** Ended by SIGINT, after everything measured was written. */
    INTERRUPTED(130),
    /** Ended by SIGTERM, after everything measured was written. */
    TERMINATED(143);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The process's exit status. */
    public int code() {
        return code;
    }
}
