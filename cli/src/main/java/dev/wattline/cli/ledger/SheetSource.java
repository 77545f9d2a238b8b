package dev.wattline.cli.ledger;

import dev.wattline.cli.terminal.Progress;
import dev.wattline.compliance.run.OrderedWork;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.join.Verification;
import dev.wattline.ledger.join.VerifiedRow;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.read.tree.SystemDescriptions;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.ledger.sheet.SheetEntry;
import dev.wattline.ledger.sheet.SheetSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the entries of a sheet. */
final class SheetSource {
    private final RoundTrees roundTrees;
    private final boolean phases;
    private final Map<String, Double> assumed;
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param phases whether the sessions' logs are read
     * @param assumed ratios for what was not measured
     */
    SheetSource(RoundTrees roundTrees, boolean phases, Map<String, Double> assumed) {
        this.roundTrees = roundTrees;
        this.phases = phases;
        this.assumed = assumed;
    }

    /** What could not be read, a sentence each. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** An entry for each session. */
    List<SheetEntry> ofTree(Path tree, List<Path> sessions) throws IOException, InterruptedException {
        List<SheetEntry> entries = new ArrayList<>();
        read(tree, sessions).values().forEach(session -> entries.add(SheetEntry.of(session, assumed)));
        return entries;
    }

    private Map<Path, SheetSession> read(Path tree, List<Path> sessions) throws IOException, InterruptedException {
        SystemDescriptions systems = new SystemDescriptions(tree, problems::add);
        Map<Path, SheetSession> read = new LinkedHashMap<>();
        if (sessions.isEmpty()) {
            return read;
        }
        try (Progress progress = new Progress("read", "sessions", sessions.size())) {
            OrderedWork.run(
                    sessions,
                    Math.min(roundTrees.threads(), sessions.size()),
                    session -> Map.entry(session, session(tree, session, systems)),
                    entry -> {
                        read.put(entry.getKey(), entry.getValue());
                        progress.step();
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return read;
    }

    private static SheetSession session(Path tree, Path session, SystemDescriptions systems) {
        try {
            return SheetSession.read(tree, session, systems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An entry for each row with a power or an energy of a ledger, with what the trees say of it. */
    List<SheetEntry> ofLedger(Path ledger, List<String> trees) throws IOException, InterruptedException {
        HeldRows held = new HeldRows(String.valueOf(ledger));
        Map<List<Object>, Measure> performances = new HashMap<>();
        LedgerFile.read(ledger, row -> {
            if (row.measures().stream().anyMatch(Measure::isPower)) {
                held.add(row);
            }
            row.measures().stream()
                    .filter(measure ->
                            isPerformance(measure) && row.submission().suite() != LedgerRow.Suite.OTHER)
                    .findFirst()
                    .ifPresent(measure -> performances.putIfAbsent(Verification.resultName(row), measure));
        });
        List<LedgerRow> rows = held.all();
        if (rows.isEmpty()) {
            throw new LedgerException(
                    ledger + " holds no power or energy",
                    "Collect tables or a tree with power results, or import energy data.",
                    null);
        }
        List<VerifiedRow> verified = List.of();
        if (!trees.isEmpty()) {
            Verification verification = new Verification();
            for (RoundTree tree : roundTrees.read(trees)) {
                verification.add(tree);
                problems.addAll(tree.problems());
            }
            verified = verification.verify(rows);
        }
        Map<List<String>, SheetSession> sessions = phases ? own(verified, trees) : Map.of();
        IdentityHashMap<Measure, VerifiedRow> verdicts = new IdentityHashMap<>(); // two measures may be equal
        verified.forEach(row -> verdicts.put(row.measure(), row));
        List<SheetEntry> entries = new ArrayList<>();
        for (LedgerRow row : rows) {
            Measure power = power(row);
            VerifiedRow verdict = trees.isEmpty() ? null : verdicts.get(power);
            entries.add(new SheetEntry(
                    row,
                    power,
                    row.measures().stream()
                            .filter(SheetSource::isPerformance)
                            .findFirst()
                            .orElse(performances.get(Verification.resultName(row))),
                    verdict,
                    session(verdict, sessions),
                    assumed));
        }
        return entries;
    }

    private static boolean isPerformance(Measure measure) {
        return !measure.isPower() && measure.unit() != null;
    }

    /** A row's power, or its first energy where it has no power. */
    private static Measure power(LedgerRow row) {
        List<Measure> powers = row.measures().stream().filter(Measure::isPower).toList();
        return powers.stream()
                .filter(measure -> measure.unit() == MeasureUnit.WATT)
                .findFirst()
                .orElse(powers.get(0));
    }

    private static @Nullable SheetSession session(
            @Nullable VerifiedRow verdict, Map<List<String>, SheetSession> sessions) {
        return verdict == null || verdict.own() == null
                ? null
                : sessions.get(List.of(
                        verdict.row().submission().round(), verdict.own().path()));
    }

    /** The sessions that the rows belong to, by round and path. */
    private Map<List<String>, SheetSession> own(List<VerifiedRow> verified, List<String> trees)
            throws IOException, InterruptedException {
        Map<List<String>, SheetSession> sessions = new HashMap<>();
        for (Map.Entry<Path, String> tree : roundTrees.folders(trees).entrySet()) {
            List<Path> wanted = verified.stream()
                    .filter(row -> row.own() != null
                            && row.row().submission().suite() == LedgerRow.Suite.INFERENCE
                            && row.row().submission().round().equals(tree.getValue()))
                    .map(row -> tree.getKey()
                            .resolve(java.util.Objects.requireNonNull(row.own()).path()))
                    .distinct()
                    .filter(Files::isDirectory)
                    .toList();
            read(tree.getKey(), wanted)
                    .forEach((path, session) -> sessions.put(
                            List.of(tree.getValue(), session.result().place().path()), session));
        }
        return sessions;
    }
}
