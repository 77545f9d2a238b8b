package dev.wattline.ledger.join;

import dev.wattline.ledger.join.Performances.Performance;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a ledger against raw results.
 *
 * @param rows one for each published power and energy, in the ledger's order
 * @param performances one for each published performance of a result whose power has a session
 * @param recordings recordings that lie in more than one folder
 * @param problems what could not be read, a sentence each
 */
public record VerifiedLedger(
        List<VerifiedRow> rows,
        List<Performance> performances,
        List<Verification.Recording> recordings,
        EfficiencyPairs efficiency,
        List<String> problems) {

    public VerifiedLedger {
        rows = List.copyOf(rows);
        performances = List.copyOf(performances);
        recordings = List.copyOf(recordings);
        problems = List.copyOf(problems);
    }

    /** How many powers and energies have which verdict; each verdict is there. */
    public Map<PublishedVerdict, Long> counts() {
        Map<PublishedVerdict, Long> counts = new EnumMap<>(PublishedVerdict.class);
        for (PublishedVerdict verdict : PublishedVerdict.values()) {
            counts.put(verdict, 0L);
        }
        rows.forEach(row -> counts.merge(row.verdict(), 1L, Long::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** How many performances have a verdict. */
    public long performances(PublishedVerdict verdict) {
        return performances.stream().filter(each -> each.verdict() == verdict).count();
    }
}
