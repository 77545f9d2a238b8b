package dev.wattline.sut.output;

import dev.wattline.model.TimeSource;
import java.io.PrintStream;
import java.util.List;

/**
 * What every part of a run shares.
 *
 * @param stdout where the workload's standard output goes
 * @param stderr where its standard error goes
 * @param events what ends the runner's rest
 * @param findings what was noticed about the run, for the summary; safe for use by several threads
 * @param suspicions those of the findings that make the measurement suspect; safe for use by several threads
 */
public record RunContext(
        ClientLog log,
        RunConsole console,
        LiveStatus status,
        RunEvents events,
        TimeSource time,
        PrintStream stdout,
        PrintStream stderr,
        List<String> findings,
        List<String> suspicions) {}
