package dev.wattline.cli;

import dev.wattline.compliance.json.ReportJson;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline check}: the official verdicts on finished sessions, and what the official checker misses. */
@Command(
        name = "check",
        description =
                "Check finished sessions: the official verdicts, their causes, and what the official checker misses.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline check results/2026-11-22_10-00-00",
            "  wattline check --round latest --json SESSION > report.json",
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", arity = "0..*", description = "Folders that hold power, ranging and run_1.")
    private List<Path> sessions = new ArrayList<>();

    @Option(
            names = "--round",
            paramLabel = "ROUND",
            description = "Judge by this round's rules, v1.0 to v5.1 or latest (default: the session's own).")
    private @Nullable String round;

    @Option(names = "--json", description = "Print the reports as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (round != null && !Rounds.names().contains(round)) {
            throw new UsageException(
                    "unknown round '" + round + "'", "Known are " + String.join(", ", Rounds.names()) + ".");
        }
        SessionChecker checker = new SessionChecker(new CheckOptions(round, null, true));
        int worst = 0;
        try (ReportJson out = new ReportJson(System.out)) {
            for (Path session : sessions) {
                SessionReport report = checker.check(session);
                out.add(report);
                worst = Math.max(worst, report.exitCode());
            }
        }
        return worst;
    }
}
