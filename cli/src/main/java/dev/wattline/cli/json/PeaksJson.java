package dev.wattline.cli.json;

import dev.wattline.compliance.peaks.PhasePeaks;
import dev.wattline.compliance.peaks.PhasePeaks.AnalyzerPeaks;
import dev.wattline.compliance.peaks.PhasePeaks.ChannelPeak;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The peaks of sessions as JSON; what is not known is null. V, A, W and s. */
public final class PeaksJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double MILLIS = 1e3;

    private PeaksJson() {}

    /** A session's name and its phases. */
    public record SessionPeaks(String session, List<PhasePeaks> phases) {
        public SessionPeaks {
            phases = List.copyOf(phases);
        }
    }

    /** An array with an object for each session. */
    public static String text(List<SessionPeaks> sessions) {
        ArrayNode array = MAPPER.createArrayNode();
        for (SessionPeaks session : sessions) {
            ObjectNode one = array.addObject().put("session", session.session());
            ObjectNode phases = one.putObject("phases");
            for (PhasePeaks peaks : session.phases()) {
                ObjectNode phase = phases.putObject(peaks.phase().word());
                phase.put("seconds", peaks.span().toMillis() / MILLIS);
                phase.put("samples", peaks.rows());
                phase.put("riseAtEnd", known(peaks.risen()));
                ArrayNode analyzers = phase.putArray("analyzers");
                peaks.analyzers().forEach(analyzer -> analyzer(analyzers.addObject(), analyzer));
            }
        }
        return MAPPER.writeValueAsString(array);
    }

    private static void analyzer(ObjectNode node, AnalyzerPeaks analyzer) {
        node.put("analyzer", analyzer.name());
        node.put("model", analyzer.model());
        ArrayNode columns = node.putArray("columns");
        for (ChannelPeak peak : analyzer.columns()) {
            ObjectNode column = columns.addObject();
            column.put("name", peak.name());
            column.put("volts", known(peak.volts()));
            column.put("amps", known(peak.amps()));
            column.put("watts", known(peak.watts()));
            column.put("wattsAfterSeconds", peak.wattsAt().toMillis() / MILLIS);
            column.put("voltRange", peak.voltRange().orElse(null));
            column.put("ampRange", peak.ampRange().orElse(null));
            column.put("wantedAmps", peak.isSum() ? null : known(peak.wantedAmps()));
            column.put("headRoom", peak.headRoom().orElse(null));
        }
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
