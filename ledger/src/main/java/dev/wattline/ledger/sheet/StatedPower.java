package dev.wattline.ledger.sheet;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.hardware.DesignPowers;
import dev.wattline.ledger.hardware.DesignPowers.Power;
import dev.wattline.ledger.read.tree.SystemDescriptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Powers of an accelerator that a submission states, in its system's name or description. */
final class StatedPower {
    /** Fields of systems/*.json in which submitters write of their accelerators' power, the surest first. */
    private static final List<String> FIELDS =
            List.of("accelerator_model_name", "hw_notes", "power_management", "sw_notes", "system_name");

    private static final Pattern LIMIT =
            Pattern.compile("(?i)\\b(?:limit(?:ed)?|capped|cap)(?: is| set)?(?: to| at| of)?[: =]*(\\d{2,4}) ?W\\b");
    private static final Pattern DESIGN = Pattern.compile(
            "(?i)\\bT[DG]P\\b(?: of| is)?[: =]*(\\d{2,4}) ?W\\b|\\b(\\d{2,4}) ?W (?:accelerator )?T[DG]P\\b");
    private static final Pattern HOST = Pattern.compile("(?i)(?:cpu|processor|xeon|epyc|host)[^.;,]{0,24}$");

    private StatedPower() {}

    /** A limit to which the accelerators' power was set; empty if none is stated. */
    static Optional<Power> limit(String accelerator, Map<String, Object> system) {
        return find(LIMIT, accelerator, system);
    }

    /** The accelerators' design power as the submission states it; empty if it does not. */
    static Optional<Power> design(String accelerator, Map<String, Object> system) {
        return find(DESIGN, accelerator, system)
                .or(() -> Accelerators.stated(accelerator)
                        .filter(watts -> limit(accelerator, system).isEmpty())
                        .map(watts -> new Power(watts, "stated in the accelerator's name")));
    }

    private static Optional<Power> find(Pattern pattern, String accelerator, Map<String, Object> system) {
        for (String field : FIELDS) {
            String text = SystemDescriptions.text(system, field);
            if (field.equals("accelerator_model_name") && text.isEmpty()) {
                text = accelerator;
            }
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (!HOST.matcher(text.substring(0, matcher.start())).find()) {
                    String watts = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                    return Optional.of(new Power(Double.parseDouble(watts), "stated in the submission: " + field));
                }
            }
        }
        return Optional.empty();
    }

    /** The design power: the submission's own word, else the table's. */
    static Optional<Power> design(String accelerator, Map<String, Object> system, DesignPowers table) {
        return design(accelerator, system).or(() -> table.of(accelerator));
    }
}
