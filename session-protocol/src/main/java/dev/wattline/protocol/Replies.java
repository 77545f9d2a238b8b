package dev.wattline.protocol;

/** The replies whose text never varies, exactly as a reference director sends them. */
public final class Replies {
    /** {@code OK}. */
    public static final ControlReply OK = new ControlReply.Ok("");

    /** {@code Error}: not a request, or not in this state. */
    public static final ControlReply ERROR = new ControlReply.Failure("Error");

    /** {@code Error: exception}: it was tried and failed. */
    public static final ControlReply EXCEPTION = new ControlReply.Failure("Error: exception");

    /** {@code Error: invalid label}. */
    public static final ControlReply INVALID_LABEL = new ControlReply.Failure("Error: invalid label");

    /** {@code Error: unknown session}. */
    public static final ControlReply UNKNOWN_SESSION = new ControlReply.Failure("Error: unknown session");

    /** {@code Error Unknown session command}, without a colon. */
    public static final ControlReply UNKNOWN_SESSION_COMMAND =
            new ControlReply.Failure("Error Unknown session command");

    private Replies() {}
}
