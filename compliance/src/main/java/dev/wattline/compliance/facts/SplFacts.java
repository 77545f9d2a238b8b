package dev.wattline.compliance.facts;

import dev.wattline.compliance.sample.FaultTally;
import dev.wattline.compliance.sample.GapRule;
import dev.wattline.compliance.sample.MergeRule;
import dev.wattline.compliance.sample.PeakTally;
import dev.wattline.compliance.sample.PowerDrift;
import dev.wattline.compliance.sample.PowerStatistics;
import dev.wattline.compliance.sample.RangeRule;
import dev.wattline.compliance.sample.ReadingKindRule;
import dev.wattline.compliance.sample.RisingPower;
import dev.wattline.compliance.sample.SampleFault;
import dev.wattline.compliance.sample.SampleRule;
import dev.wattline.compliance.sample.WindowEdges;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.files.SplReader;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a phase's power log says, read once: all of it, and what lies in the power window. */
public final class SplFacts {
    private final String file;
    private final @Nullable Window window; // on the log's own clock
    private final PowerStatistics inWindow = new PowerStatistics();
    private final WindowEdges edges = new WindowEdges();
    private final FaultTally faults = new FaultTally();
    private final FaultTally windowFaults = new FaultTally();
    private final List<PowerStatistics> analyzers = new ArrayList<>();
    private final List<List<PeakTally>> peaks = new ArrayList<>();
    private final RisingPower rising = new RisingPower();
    private final Optional<PowerDrift> drift;
    private long rows;
    private long validRows;
    private double validSum;
    private double validMin = Double.POSITIVE_INFINITY;
    private double validMax = Double.NEGATIVE_INFINITY;
    private long firstMicros;
    private long lastMicros;
    private long otherMarks;
    private long otherMarkLine;
    private long rejected;
    private Optional<SplReader.Rejection> firstRejection = Optional.empty();

    private SplFacts(String file, @Nullable Window window) {
        this.file = file;
        this.window = window;
        this.drift = Optional.ofNullable(window).map(of -> new PowerDrift(of.beginMicros(), of.endMicros()));
    }

    /**
     * @param window the power window on the log's clock, if it is known
     * @param range the range rule of a phase with fixed ranges
     * @param mark the mark that every row should carry; empty if it is not known
     */
    static SplFacts read(SessionView view, String file, @Nullable Window window, Optional<RangeRule> range, String mark)
            throws IOException {
        SplFacts facts = new SplFacts(file, window);
        List<SampleRule> rules = new ArrayList<>(List.of(new GapRule(), new ReadingKindRule()));
        range.ifPresent(rules::add);
        MergeRule merge = new MergeRule();
        try (SplReader reader = SplReader.of(view.open(file))) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                facts.add(sample, reader, rules, merge, mark);
            }
            facts.rejected += reader.rejected();
            facts.firstRejection = reader.rejections().stream().findFirst().or(() -> facts.firstRejection);
        }
        return facts;
    }

    private void add(PowerSample sample, SplReader reader, List<SampleRule> rules, MergeRule merge, String mark) {
        long line = reader.line();
        long micros = sample.at().toEpochMilli() * 1000;
        boolean inside = window != null && window.holds(micros);
        if (rows == 0) {
            firstMicros = micros;
        }
        rows++;
        lastMicros = micros;
        if (!mark.isEmpty() && !sample.mark().equals(mark) && otherMarks++ == 0) {
            otherMarkLine = line;
        }
        Reading reading = sample.reading();
        if (reading.watts() >= 0) {
            validRows++;
            validSum += reading.watts();
            validMin = Math.min(validMin, reading.watts());
            validMax = Math.max(validMax, reading.watts());
        }
        for (SampleRule rule : rules) {
            rule.next(sample).ifPresent(fault -> tally(fault, line, inside));
        }
        merged(reader.row(), line, inside, merge, sample);
        if (inside) {
            inWindow.add(sample);
            rising.add(micros, reading.decodedWatts());
            drift.ifPresent(of -> of.add(micros, reading.decodedWatts()));
        }
        edges.add(sample, inside);
    }

    private void tally(SampleFault fault, long line, boolean inside) {
        faults.add(fault, line);
        if (inside) {
            windowFaults.add(fault, line);
        }
    }

    /** A row that was merged from several analyzers; one with a part that cannot be read counts as rejected as well. */
    private void merged(String row, long line, boolean inside, MergeRule merge, PowerSample sample) {
        List<PowerSample> parts;
        try {
            parts = MergeRule.parts(row);
        } catch (IllegalArgumentException e) {
            if (rejected++ == 0) {
                firstRejection = Optional.of(new SplReader.Rejection(line, "in an analyzer's part, " + e.getMessage()));
            }
            return;
        }
        merge.next(parts).ifPresent(fault -> tally(fault, line, inside));
        analyzers(parts);
        if (parts.isEmpty()) {
            peaks(0, sample);
        }
        for (int i = 0; i < parts.size(); i++) {
            peaks(i, parts.get(i));
        }
    }

    private void peaks(int analyzer, PowerSample sample) {
        if (peaks.size() == analyzer) {
            peaks.add(new ArrayList<>());
        }
        List<PeakTally> columns = peaks.get(analyzer);
        while (columns.size() <= sample.channels().size()) {
            columns.add(new PeakTally());
        }
        long micros = sample.at().toEpochMilli() * 1000;
        columns.get(0).add(sample.reading(), micros);
        for (int i = 0; i < sample.channels().size(); i++) {
            columns.get(i + 1).add(sample.channels().get(i), micros);
        }
    }

    /** Sums of the parts of merged rows, each on its own clock, to tell what pairing by line did to the sum. */
    private void analyzers(List<PowerSample> parts) {
        if (window == null) {
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (analyzers.size() <= i) {
                analyzers.add(new PowerStatistics());
            }
            PowerSample part = parts.get(i);
            if (window.holds(part.at().toEpochMilli() * 1000)) {
                analyzers.get(i).add(part);
            }
        }
    }

    /** The log's name, relative to the session. */
    public String file() {
        return file;
    }

    /** The samples at the power window's ends. */
    public WindowEdges edges() {
        return edges;
    }

    /** The power window on the log's own clock; null if LoadGen's log does not tell it. */
    public @Nullable Window window() {
        return window;
    }

    /** Sums over the rows in the power window; empty ones if that is not known. */
    public PowerStatistics inWindow() {
        return inWindow;
    }

    /** What the rules have against rows anywhere in the log. */
    public FaultTally faults() {
        return faults;
    }

    /** What the rules have against rows in the power window. */
    public FaultTally windowFaults() {
        return windowFaults;
    }

    /** Of a log merged from several analyzers: each analyzer's rows in the window, by its own times. */
    public List<PowerStatistics> analyzers() {
        return List.copyOf(analyzers);
    }

    /** The greatest readings in the log, by analyzer: of the only channel or the sum first, then of each channel. */
    public List<List<PeakTally>> peaks() {
        return peaks.stream().map(List::copyOf).toList();
    }

    /** How power rose in the power window. */
    public RisingPower rising() {
        return rising;
    }

    /**
     * By what share of itself power changed from the first minute of the power window to its last; NaN where the window is not
     * known or shorter than two minutes.
     */
    public double drift() {
        return drift.map(PowerDrift::share).orElse(Double.NaN);
    }

    /** Number of rows. */
    public long rows() {
        return rows;
    }

    /** Number of rows with 0 W or more. */
    public long validRows() {
        return validRows;
    }

    /** Mean of the rows with 0 W or more, W; NaN of none. */
    public double validMean() {
        return validSum / validRows;
    }

    /** Least of the rows with 0 W or more, W. */
    public double validMin() {
        return validMin;
    }

    /** Greatest of the rows with 0 W or more, W. */
    public double validMax() {
        return validMax;
    }

    /** Time of the first row, microseconds since the epoch. */
    public long firstMicros() {
        return firstMicros;
    }

    /** Time of the last row, microseconds since the epoch. */
    public long lastMicros() {
        return lastMicros;
    }

    /** Number of rows with another mark than the phase's. */
    public long otherMarks() {
        return otherMarks;
    }

    /** The line of the first of them. */
    public long otherMarkLine() {
        return otherMarkLine;
    }

    /** Number of lines that are no rows. */
    public long rejected() {
        return rejected;
    }

    /** The first of them. */
    public Optional<SplReader.Rejection> firstRejection() {
        return firstRejection;
    }
}
