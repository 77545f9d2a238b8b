package dev.wattline.compliance.audit;

import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.session.ResultsTree;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The system draws no more than its power supplies are built for, where a submission since v6.1 tells that: in {@code
 * systems/SYSTEM_power.yaml}, or as {@code system_power_capacity} of the system's description. The form is that of
 * mlcommons/inference, tools/submission/submission_structure.md, the sum that of its system_check.py.
 */
final class NameplateRule implements AuditRule {
    private static final long MAX_BYTES = 1 << 20; // of a description that a person wrote
    private static final String PSUS = "psus";
    private static final String NEEDED = "min psus needed";
    private static final String CAPACITY = "PowerCapacityWatts";

    @Override
    public List<String> ids() {
        return List.of("nameplate", "nameplate-exceeded", "nameplate-unreadable");
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        Optional<ResultsTree> tree = ResultsTree.of(audit.facts().view().folder());
        if (tree.isEmpty() || !audit.facts().rules().layout().nameplate()) {
            return;
        }
        Path file = tree.get().nameplate();
        try {
            Optional<Double> watts = described(tree.get().description());
            if (watts.isPresent()) {
                compare(audit, watts.get(), tree.get().description());
            } else if (Files.exists(file)) {
                compare(audit, sum(yaml(file)), file);
            }
        } catch (YAMLException | IllegalArgumentException e) {
            audit.add(Finding.error(
                            "nameplate-unreadable",
                            file + " does not tell the power of the supplies: "
                                    + String.valueOf(e.getMessage()).strip().replace('\n', ' '))
                    .limit("'Min PSUs Needed' and 'PSUs', each with a number as " + CAPACITY));
        }
    }

    private static void compare(AuditRun audit, double built, Path file) throws IOException {
        Finding finding = Finding.of(
                        "nameplate",
                        Severity.INFO,
                        "the power supplies are built for " + Decimals.significant(built, 6) + " W")
                .with("told by", file);
        audit.add(finding);
        double drawn = drawn(audit.facts());
        if (drawn > built) {
            audit.add(Finding.warning(
                            "nameplate-exceeded", "the mean power is more than the power supplies are built for")
                    .with("mean power in W", Effect.watts(drawn))
                    .with("told by", file)
                    .limit(Decimals.significant(built, 6) + " W"));
        }
    }

    /** The mean power while testing, W; NaN if it is not known. */
    private static double drawn(SessionFacts facts) throws IOException {
        try {
            return facts.spl(Phase.TESTING).inWindow().positiveMean();
        } catch (PyError e) {
            return Double.NaN; // the rules on the power log say that it is not there
        }
    }

    private static Optional<Double> described(Path description) throws IOException {
        if (!Files.isRegularFile(description) || Files.size(description) > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            Object capacity = PyJson.parse(Files.readString(description)) instanceof Map<?, ?> fields
                    ? fields.get("system_power_capacity")
                    : null;
            return capacity != null && PyNumbers.isNumber(capacity)
                    ? Optional.of(PyNumbers.toFloat(capacity))
                    : Optional.empty();
        } catch (PyError e) {
            return Optional.empty(); // the submission checker tells of a description that is no JSON
        }
    }

    private static Object yaml(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object loaded = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        if (loaded == null) {
            throw new IllegalArgumentException("it is empty");
        }
        return loaded;
    }

    /** Of each component the largest supplies, as many as it needs. */
    private static double sum(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().mapToDouble(NameplateRule::sum).sum();
        }
        if (!(node instanceof Map<?, ?> map)) {
            return 0;
        }
        Object supplies = find(map, PSUS);
        Object needed = find(map, NEEDED);
        if (supplies == null && needed == null) {
            return map.values().stream().mapToDouble(NameplateRule::sum).sum();
        }
        if (!(supplies instanceof List<?> list) || !(needed instanceof Integer count) || count < 0) {
            throw new IllegalArgumentException("a component has not both a list 'PSUs' and a number 'Min PSUs Needed'");
        }
        List<Double> watts = new ArrayList<>();
        for (Object supply : list) {
            if (!(supply instanceof Map<?, ?> fields) || !(fields.get(CAPACITY) instanceof Number number)) {
                throw new IllegalArgumentException("a supply has no number " + CAPACITY);
            }
            watts.add(number.doubleValue());
        }
        return watts.stream()
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static @Nullable Object find(Map<?, ?> map, String key) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT).equals(key)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
