package dev.wattline.analysis.calibration;

import dev.wattline.files.SystemFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a machine is made of, as far as its power depends on it. Supplies are not among what the operating system tells, but
 * a management controller may.
 *
 * @param facts by name, such as {@code card GPU-...}; a name that is not there is not known
 */
public record MachinePrint(SortedMap<String, String> facts) {
    /** Names whose change a calibration survives with a wider interval; of all others it is refused. */
    private static final List<String> SOFT = List.of("driver", "kernel", "governors", "firmware", "turbo");

    /** Names whose change is refused unless the user says that it is meant. */
    private static final List<String> ACCEPTABLE = List.of("limit", "package limits");

    public MachinePrint {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Of what a machine said of itself. */
    public static MachinePrint of(SystemFacts system) {
        SortedMap<String, String> facts = new TreeMap<>();
        put(facts, "board", (system.host().vendor() + " " + system.host().product()).strip());
        put(facts, "firmware", system.host().firmware());
        put(facts, "kernel", system.software().kernel());
        put(facts, "cpu", system.processor().model());
        put(facts, "sockets", text(system.processor().sockets()));
        put(facts, "threads", text(system.processor().threads()));
        put(facts, "governors", system.processor().governors());
        put(facts, "turbo", system.processor().turbo());
        put(facts, "package limits", String.join("; ", system.processor().limits()));
        Long memory = system.memoryBytes();
        put(facts, "memory GiB", memory == null ? "" : Long.toString(Math.round(memory / (double) (1L << 30))));
        put(facts, "driver", system.gpuDriver());
        for (SystemFacts.Gpu gpu : system.gpus()) {
            put(facts, "card " + gpu.uuid(), gpu.name());
            put(facts, "mig " + gpu.uuid(), gpu.mig());
            Double limit = gpu.limitW();
            put(facts, "limit " + gpu.uuid(), limit == null ? "" : String.format(Locale.ROOT, "%.0f W", limit));
        }
        return new MachinePrint(facts);
    }

    private static final String SUPPLY = "supply ";

    /** The same with the power supplies that a management controller told of; none where it told of none. */
    public MachinePrint with(List<Supply> supplies) {
        SortedMap<String, String> all = new TreeMap<>(facts);
        supplies.forEach(supply -> put(all, SUPPLY + supply.entity(), supply.model()));
        return new MachinePrint(all);
    }

    /**
     * A power supply.
     *
     * @param entity where it is
     * @param model its model, state and capacity
     */
    public record Supply(String entity, String model) {}

    /** Whether it is known which supplies the machine has. */
    public boolean knowsSupplies() {
        return facts.keySet().stream().anyMatch(name -> name.startsWith(SUPPLY));
    }

    private static String text(@org.jspecify.annotations.Nullable Integer number) {
        return number == null ? "" : number.toString();
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (!value.isBlank()) {
            facts.put(name, value);
        }
    }

    /** {@code sha256:} and the hash of the sorted lines {@code name=value}. */
    public String hash() {
        StringBuilder lines = new StringBuilder();
        facts.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    /**
     * What changed.
     *
     * @param refused of what the calibration does not hold, a sentence part each
     * @param acceptable likewise, unless the user says that it is meant
     * @param told what makes it less certain
     */
    public record Changes(List<String> refused, List<String> acceptable, List<String> told) {
        public Changes {
            refused = List.copyOf(refused);
            acceptable = List.copyOf(acceptable);
            told = List.copyOf(told);
        }
    }

    /** Compares a machine as it is now with this one. */
    public Changes changes(MachinePrint now) {
        List<String> refused = new ArrayList<>();
        List<String> acceptable = new ArrayList<>();
        List<String> told = new ArrayList<>();
        SortedMap<String, String> names = new TreeMap<>(facts);
        names.putAll(now.facts);
        for (String name : names.keySet()) {
            String before = facts.getOrDefault(name, "");
            String after = now.facts.getOrDefault(name, "");
            if (before.equals(after)) {
                continue;
            }
            String change = name + ": " + (before.isEmpty() ? "nothing" : before) + " when calibrated, "
                    + (after.isEmpty() ? "nothing" : after) + " now";
            if (name.startsWith(SUPPLY) && !(knowsSupplies() && now.knowsSupplies())) {
                continue; // told once, below
            }
            boolean card = name.startsWith("card ") || name.startsWith("mig ") || name.startsWith(SUPPLY);
            if (SOFT.contains(name) || (!card && (before.isEmpty() || after.isEmpty()))) {
                told.add(change);
            } else if (ACCEPTABLE.stream().anyMatch(name::startsWith)) {
                acceptable.add(change);
            } else {
                refused.add(change);
            }
        }
        if (knowsSupplies() != now.knowsSupplies()) {
            told.add("power supplies: not known " + (knowsSupplies() ? "now" : "when calibrated"));
        }
        return new Changes(refused, acceptable, told);
    }
}
