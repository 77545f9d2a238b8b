package dev.wattline.ledger.study;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Published values that stand at several results: copies of one recording, rows that were shifted, and keys that name more
 * than one value. All rows are looked at first, then added. Not safe for use by several threads.
 */
final class Copies {
    private static final Set<Kind> PUBLISHED =
            EnumSet.of(Kind.SUMMARY_RESULTS, Kind.CLEANED, Kind.CHECKER_SUMMARY, Kind.WEBSITE, Kind.TREE);
    private static final int TELLING_DIGITS = 7;
    private static final int FIRST = 3;
    private static final int MOST_NAMES = 20;

    private record SameValue(String file, String round, String value, MeasureUnit unit) {}

    private record SameKey(String file, String round, String id, String model, String scenario, MeasureUnit unit) {}

    private static final class Places {
        private final Set<String> systems = new LinkedHashSet<>();
        private final Set<String> results = new LinkedHashSet<>();
        private final Set<String> values = new LinkedHashSet<>();
        private final List<String> first = new ArrayList<>();
        private long count;

        void add(String system, String result, String value, String place) {
            count++;
            addTo(systems, system);
            addTo(results, result);
            addTo(values, value);
            if (first.size() < FIRST) {
                first.add(place);
            }
        }

        private static void addTo(Set<String> some, String text) {
            if (some.size() < MOST_NAMES) {
                some.add(text);
            }
        }
    }

    /** Takes what a value stands for, one after the other. */
    private interface Taker {
        void value(SameValue same, String system, String result, String text, String place);

        void key(SameKey same, String system, String result, String text, String place);
    }

    private final Set<Integer> once = new HashSet<>();
    private final Set<Integer> again = new HashSet<>();
    private final Map<SameValue, Places> byValue = new LinkedHashMap<>();
    private final Map<SameKey, Places> byKey = new LinkedHashMap<>();

    /** Looks at all rows first, so that only what stands more than once need be held. */
    void look(LedgerRow row) {
        take(row, new Taker() {
            @Override
            public void value(SameValue same, String system, String result, String text, String place) {
                seen(same.hashCode());
            }

            @Override
            public void key(SameKey same, String system, String result, String text, String place) {
                seen(same.hashCode());
            }
        });
    }

    private void seen(int hash) {
        if (!once.add(hash)) {
            again.add(hash);
        }
    }

    /** Adds a row that was looked at; so were all others. */
    void add(LedgerRow row) {
        take(row, new Taker() {
            @Override
            public void value(SameValue same, String system, String result, String text, String place) {
                if (again.contains(same.hashCode())) {
                    byValue.computeIfAbsent(same, key -> new Places()).add(system, result, text, place);
                }
            }

            @Override
            public void key(SameKey same, String system, String result, String text, String place) {
                if (again.contains(same.hashCode())) {
                    byKey.computeIfAbsent(same, key -> new Places()).add(system, result, text, place);
                }
            }
        });
    }

    private static void take(LedgerRow row, Taker taker) {
        if (!PUBLISHED.contains(row.origin().kind())) {
            return;
        }
        String file = row.origin().file();
        String round = row.submission().round();
        String id = row.submission().id();
        for (Measure measure : row.measures()) {
            MeasureUnit unit = measure.unit();
            if (unit == null || Double.isNaN(measure.value())) {
                continue;
            }
            String plain = measure.text().replace(",", "").strip();
            String system = row.submission().submitter() + " / " + row.machine().name();
            String result = row.task().model() + " " + row.task().scenario() + " " + id;
            if (measure.isPower() && digits(plain) >= TELLING_DIGITS) {
                taker.value(new SameValue(file, round, plain, unit), system, result, plain, measure.place());
            }
            if (!id.isEmpty()) {
                taker.key(
                        new SameKey(
                                file, round, id, row.task().model(), row.task().scenario(), unit),
                        system,
                        result,
                        plain,
                        measure.place());
            }
        }
    }

    private static int digits(String plain) {
        int digits = 0;
        boolean leading = true;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            leading &= c == '0' || !Character.isDigit(c);
            digits += Character.isDigit(c) && !leading ? 1 : 0;
        }
        return digits;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        byValue.forEach((value, places) -> {
            if (places.results.size() > 1) {
                boolean shifted = places.systems.size() > 1;
                findings.add(OddValues.finding(
                                shifted ? "label-shift" : "duplicate-recording",
                                value.file,
                                value.value + " " + value.unit.symbol() + " stands at " + places.count
                                        + " results of round " + value.round + ": "
                                        + first(shifted ? places.systems : places.results),
                                places.count,
                                places.first)
                        .with("value", value.value));
            }
        });
        byKey.forEach((key, places) -> {
            if (places.values.size() > 1) {
                findings.add(OddValues.finding(
                        "cross-join",
                        key.file,
                        key.id + " " + key.model + " " + key.scenario + " has "
                                + (places.values.size() < MOST_NAMES ? "" : "at least ") + places.values.size()
                                + " values in "
                                + key.unit.symbol() + ", of " + first(places.systems),
                        places.count,
                        places.first));
            }
        });
        return findings;
    }

    private static String first(Set<String> texts) {
        String some = String.join("; ", texts.stream().limit(FIRST).toList());
        return texts.size() > FIRST
                ? some + "; and " + (texts.size() < MOST_NAMES ? "" : "at least ") + (texts.size() - FIRST) + " more"
                : some;
    }
}
