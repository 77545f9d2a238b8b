package dev.wattline.agent.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A named workload that is to run beside another one: {@code sgemm@other loop}.
 *
 * @param workload its name
 * @param gpus {@code other}, {@code same} or an index, which its command is told; empty where nothing is said
 * @param loop whether it is started again where it ends well before the other one
 */
public record NamedCompanion(String workload, String gpus, boolean loop) {
    /** Says that a workload runs alone. */
    public static final String NONE = "none";

    /** What is expected, for messages. */
    public static final String EXPECTED =
            "none, or a workload's name, which @other, @same or @ and the index of a GPU may"
                    + " follow, and loop: sgemm@other loop";

    private static final Pattern TEXT = Pattern.compile("([^@ ]+)(?:@(other|same|[0-9]{1,3}))?( loop)?");

    /** Reads {@link #text}; empty if it is none. */
    public static Optional<NamedCompanion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new NamedCompanion(
                        matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2), matcher.group(3) != null))
                : Optional.empty();
    }

    /** As a plan says it. */
    public String text() {
        return workload + (gpus.isEmpty() ? "" : "@" + gpus) + (loop ? " loop" : "");
    }
}
