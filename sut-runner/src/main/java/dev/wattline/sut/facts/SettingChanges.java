package dev.wattline.sut.facts;

import dev.wattline.files.SystemFacts;
import dev.wattline.files.SystemFacts.Gpu;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a machine's power settings was another after a run than before: nobody may change them in between. A setting that
 * one of the two readings lacks is not compared, for a tool that does not answer is no change.
 */
public final class SettingChanges {
    private SettingChanges() {}

    /** The changes, a sentence each. */
    public static List<String> between(SystemFacts before, SystemFacts after) {
        Map<String, String> first = settings(before);
        Map<String, String> second = settings(after);
        List<String> changes = new ArrayList<>();
        first.forEach((name, value) -> {
            String now = second.getOrDefault(name, "");
            if (!value.isEmpty() && !now.isEmpty() && !value.equals(now)) {
                changes.add(name + " was " + value + " before the run and is " + now + " after it");
            }
        });
        return changes;
    }

    private static Map<String, String> settings(SystemFacts facts) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("the frequency governor", facts.processor().governors());
        all.put("the energy performance preference", facts.processor().preference());
        all.put("turbo", facts.processor().turbo());
        all.put("multithreading", facts.processor().smt());
        all.put(
                "the processors' power limit",
                String.join("; ", facts.processor().limits()));
        for (Gpu gpu : facts.gpus()) {
            String name = " of GPU " + gpu.index();
            all.put("the power limit" + name, number(gpu.limitW(), "W"));
            all.put("the graphics clock asked for" + name, number(gpu.applicationClockMhz(), "MHz"));
            all.put("ECC" + name, gpu.ecc());
            all.put("MIG" + name, gpu.mig());
        }
        return all;
    }

    private static String number(@Nullable Double value, String unit) {
        return value == null ? "" : value + " " + unit;
    }
}
