package dev.wattline.cli.json;

import dev.wattline.records.json.EarlierPeak;
import dev.wattline.records.query.GroupStatistics;
import dev.wattline.records.query.GroupStatistics.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code wattline results} prints as JSON; what is not known is null. */
public final class ResultsJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultsJson() {}

    /** An array with an object for each session; all values are texts. */
    public static String rows(List<String> keys, List<@Nullable String[]> rows) {
        ArrayNode array = MAPPER.createArrayNode();
        for (@Nullable String[] row : rows) {
            ObjectNode one = array.addObject();
            for (int i = 0; i < row.length; i++) {
                one.put(keys.get(i), row[i]);
            }
        }
        return MAPPER.writeValueAsString(array);
    }

    /** An array with an object for each group. */
    public static String groups(
            List<String> by, String metric, Map<List<String>, double[]> groups, Map<List<String>, double[]> baseline) {
        ArrayNode array = MAPPER.createArrayNode();
        groups.forEach((group, values) -> {
            ObjectNode one = array.addObject();
            ObjectNode key = one.putObject("group");
            for (int i = 0; i < by.size(); i++) {
                key.put(by.get(i), group.get(i));
            }
            GroupStatistics of = GroupStatistics.of(values);
            one.put("metric", metric);
            one.put("n", of.number());
            one.put("mean", known(of.mean()));
            one.put("sd", known(of.sd()));
            one.put("low", known(of.low()));
            one.put("high", known(of.high()));
            one.put("least", known(of.least()));
            one.put("median", known(of.median()));
            one.put("greatest", known(of.greatest()));
            one.put("farOff", of.flagged());
            double[] base = baseline.get(group);
            if (base != null) {
                Change change = Change.of(values, base);
                ObjectNode against = one.putObject("against");
                against.put("n", base.length);
                against.put("change", known(change.change()));
                against.put("low", known(change.low()));
                against.put("high", known(change.high()));
            }
        });
        return MAPPER.writeValueAsString(array);
    }

    /** An array with an object for each channel. */
    public static String peaks(List<EarlierPeak> peaks) {
        ArrayNode array = MAPPER.createArrayNode();
        for (EarlierPeak peak : peaks) {
            array.addObject()
                    .put("sut", peak.sut())
                    .put("workload", peak.workload())
                    .put("analyzer", peak.analyzer())
                    .put("channel", peak.channel())
                    .put("sessions", peak.sessions())
                    .put("volts", known(peak.volts()))
                    .put("amps", known(peak.amps()))
                    .put("watts", known(peak.watts()));
        }
        return MAPPER.writeValueAsString(array);
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
