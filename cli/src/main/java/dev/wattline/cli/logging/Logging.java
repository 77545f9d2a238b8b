package dev.wattline.cli.logging;

/**
 * How much the program logs, and under which name. Setting it costs nothing: Logback starts with the first logger that
 * a class asks for and reads this then (see {@link LogbackSetup}), so that commands that log nothing do not pay for it.
 */
public final class Logging {
    /** How much is logged. */
    public enum Detail {
        /** What happened, in a few lines a phase: INFO and above. */
        STORY,
        /** Every command and reply as well: DEBUG and above. */
        VERBOSE
    }

    /** What the log is to look like. */
    record Settings(String program, Detail detail) {}

    private static volatile Settings settings = new Settings("wattline", Detail.STORY);

    private Logging() {}

    /** Applies to loggers asked for from now on; called once, between reading the command line and acting on it. */
    public static void configure(String command, Detail detail) {
        settings = new Settings(command.substring(command.lastIndexOf(' ') + 1), detail);
    }

    static Settings settings() {
        return settings;
    }
}
