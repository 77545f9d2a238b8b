package dev.wattline.cli.options;

import picocli.CommandLine.Option;

/** Options of every command: {@code @Mixin CommonOptions common}. */
@SuppressWarnings("unused") // picocli acts on help and version itself, and Failures reads stacktrace from the model
public final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"--version"},
            versionHelp = true,
            description = "Show the version and the commit it was built from, and exit.")
    private boolean version;

    @Option(
            names = {"--verbose"},
            description = "Log every command and reply.")
    private boolean verbose;

    @Option(
            names = {"--stacktrace"},
            description = "Show the stack trace of a failure.")
    private boolean stacktrace;

    public boolean verbose() {
        return verbose;
    }
}
