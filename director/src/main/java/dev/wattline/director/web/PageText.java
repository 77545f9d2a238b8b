package dev.wattline.director.web;

import dev.wattline.director.live.LiveState;
import dev.wattline.director.live.LiveState.Ended;
import dev.wattline.director.live.LiveState.Open;
import dev.wattline.director.live.LiveState.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The state as text: for browsers without scripts, and for Prometheus. */
final class PageText {
    private PageText() {}

    /** The page with what is so now in place of {@code {{now}}}, for those without scripts. */
    static String html(String template, LiveState state, Instant now) {
        return template.replace("{{now}}", escaped(sentence(state, now)));
    }

    private static String sentence(LiveState state, Instant now) {
        String at = "At " + now.truncatedTo(ChronoUnit.SECONDS) + ": ";
        Optional<Open> open = state.open();
        if (open.isPresent()) {
            String watts = state.sampleAt(now)
                    .map(sample ->
                            String.format(Locale.ROOT, ", %.1f W after %d samples", sample.watts(), sample.number()))
                    .orElse("");
            String findings = open.get().findings().isEmpty()
                    ? ""
                    : "; " + open.get().findings().size() + " finding(s), the latest: "
                            + open.get()
                                    .findings()
                                    .get(open.get().findings().size() - 1)
                                    .message();
            return at + "session " + open.get().session() + " is open, "
                    + open.get().state() + watts + findings + ".";
        }
        if (state.ended().isEmpty()) {
            return at + "nothing is being measured.";
        }
        Ended last = state.ended().get(0);
        return at + "nothing is being measured. Session " + last.session() + " ended as " + last.outcome()
                + (last.cause().isEmpty() ? "" : ": " + last.cause()) + ".";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * Gauges in the text format of Prometheus. Without a measurement or a fresh sample the power is absent, not 0. No session's name is a
     * label: each would be a series of its own for ever.
     */
    static String metrics(LiveState state, Instant at) {
        StringBuilder text = new StringBuilder();
        gauge(text, "wattline_session_open", "whether a session is open");
        value(text, "wattline_session_open", "", state.open().isPresent() ? 1 : 0);
        gauge(text, "wattline_measuring", "whether a phase is being measured");
        value(text, "wattline_measuring", "", state.open().flatMap(Open::phase).isPresent() ? 1 : 0);
        gauge(text, "wattline_session_findings", "findings of the open session, 20 at most");
        value(
                text,
                "wattline_session_findings",
                "",
                state.open().map(open -> open.findings().size()).orElse(0));
        Optional<Sample> now = state.sampleAt(at);
        if (now.isPresent()) {
            Sample sample = now.get();
            gauge(text, "wattline_power_watts", "latest sample of each analyzer, W");
            for (int i = 0; i < sample.each().size(); i++) {
                value(
                        text,
                        "wattline_power_watts",
                        "{analyzer=\"" + (i + 1) + "\"}",
                        sample.each().get(i));
            }
            gauge(text, "wattline_phase_samples", "samples of the phase that is being measured");
            value(text, "wattline_phase_samples", "{phase=\"" + sample.phase().word() + "\"}", (double)
                    sample.number());
            gauge(text, "wattline_sample_time_seconds", "when the latest sample was seen, s since the epoch");
            value(text, "wattline_sample_time_seconds", "", sample.at().toEpochMilli() / 1e3);
        }
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private static void value(StringBuilder text, String name, String labels, double value) {
        String number = value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
        text.append(name).append(labels).append(' ').append(number).append('\n');
    }
}
