package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline reserve}: the analyzers for a while. */
@Command(
        name = "reserve",
        description = {
            "Keep the analyzers for yourself for a while: only your jobs are begun, and other runners are told so.",
            "It ends by itself, and never interrupts a session that is open. Without options it is shown."
        },
        footer = {
            "",
            "Examples:",
            "  wattline reserve --for 2h --note rewiring",
            "  wattline reserve --for 1h --extend",
            "  wattline reserve --release",
            "  wattline reserve --kick         ends somebody else's"
        })
public final class ReserveCommand implements Callable<Integer> {
    private static final Pattern LENGTH = Pattern.compile("(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?");

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Option(names = "--for", paramLabel = "TIME", description = "How long from now: 30m, 2h or 1h30m, at most 12h.")
    private @Nullable String length;

    @Option(names = "--note", defaultValue = "", paramLabel = "TEXT", description = "Why, told to whoever is refused.")
    private String note = "";

    @Option(names = "--extend", description = "You have it already, and need it for longer.")
    private boolean extend;

    @Option(names = "--release", description = "You need it no longer.")
    private boolean release;

    @Option(names = "--kick", description = "End it, whoever has it.")
    private boolean kick;

    @Override
    public Integer call() {
        int ends = (release ? 1 : 0) + (kick ? 1 : 0);
        if (ends > 1 || (ends == 1 && (length != null || extend)) || (extend && length == null)) {
            throw new UsageException("reserve: expected --for TIME, --for TIME --extend, --release, or --kick", null);
        }
        if (!note.isEmpty() && length == null) {
            throw new UsageException(
                    "reserve: --note goes with --for TIME",
                    "To change the note of yours, extend it: --for TIME --extend.");
        }
        console.ask(request(), answer -> System.out.println(line(answer)));
        return ExitCode.OK.code();
    }

    private LabMessage request() {
        if (length == null && !release && !kick) {
            return LabMessage.request("reservation");
        }
        LabMessage request = LabMessage.request("reserve")
                .with("action", release ? "release" : kick ? "kick" : extend ? "extend" : "take");
        request = note.isEmpty() ? request : request.with("note", note);
        return length == null ? request : request.with("seconds", seconds(length));
    }

    private static long seconds(String text) {
        Matcher matcher = LENGTH.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new UsageException("--for: expected a time such as 30m, 2h or 1h30m, got '" + text + "'", null);
        }
        Duration length = Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusSeconds(number(matcher.group(3)));
        if (length.isZero() || length.compareTo(Duration.ofHours(12)) > 0) {
            throw new UsageException("--for: expected more than nothing and at most 12h, got " + text, null);
        }
        return length.toSeconds();
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** A reservation in a line. */
    static String line(LabMessage answer) {
        if (answer.text("reserved-by").isEmpty()) {
            return "not reserved";
        }
        String note = answer.text("note");
        return "reserved by " + answer.text("reserved-by") + " until " + answer.text("reserved-until")
                + (note.isEmpty() ? "" : " (" + note + ")");
    }
}
