package dev.wattline.files.json;

import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.AnalyzerConfig;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.model.Phase;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** A summary as text, keys in the reference's order, ours last. */
final class SummaryWriter {
    private final JsonGenerator out;

    private SummaryWriter(JsonGenerator out) {
        this.out = out;
    }

    static String text(SessionSummary summary) {
        return PythonJson.text(out -> new SummaryWriter(out).write(summary));
    }

    private void write(SessionSummary summary) {
        out.writeStartObject();
        out.writeStringProperty("version", SessionSummary.FORMAT_VERSION);
        out.writeNumberProperty("timezone", summary.timezoneSeconds());
        texts("modules", summary.modules());
        texts("sources", summary.sources());
        out.writeArrayPropertyStart("messages");
        summary.messages().forEach(this::message);
        out.writeEndArray();
        out.writeObjectPropertyStart("uuid");
        out.writeStringProperty("client", summary.clientUuid());
        out.writeStringProperty("server", summary.serverUuid());
        out.writeEndObject();
        out.writeStringProperty("session_name", summary.sessionName());
        texts("results", summary.results());
        out.writeObjectPropertyStart("phases");
        for (Phase phase : Phase.values()) {
            out.writeArrayPropertyStart(phase.word());
            summary.marks(phase).forEach(this::mark);
            out.writeEndArray();
        }
        out.writeEndObject();
        summary.ptdMessages().ifPresent(this::ptdMessages);
        summary.analyzers().ifPresent(this::analyzers);
        if (summary.debug()) {
            out.writeBooleanProperty("debug", true);
        }
        if (!summary.wattline().isEmpty()) {
            out.writeName("wattline");
            PythonJson.value(out, new TreeMap<>(summary.wattline()));
        }
        out.writeEndObject();
    }

    private void texts(String name, SortedMap<String, String> texts) {
        out.writeObjectPropertyStart(name);
        texts.forEach(out::writeStringProperty);
        out.writeEndObject();
    }

    private void message(Message message) {
        out.writeStartObject();
        out.writeStringProperty("cmd", message.command());
        out.writeName("cmd_time");
        PythonJson.number(out, message.commandTime());
        out.writeStringProperty("reply", message.reply());
        out.writeName("reply_time");
        PythonJson.number(out, message.replyTime());
        out.writeEndObject();
    }

    private void mark(PhaseMark mark) {
        out.writeStartArray();
        PythonJson.number(out, mark.epochSeconds());
        PythonJson.number(out, mark.monotonicSeconds());
        out.writeEndArray();
    }

    private void ptdMessages(List<PtdMessage> messages) {
        out.writeArrayPropertyStart("ptd_messages");
        for (PtdMessage message : messages) {
            out.writeStartObject();
            out.writeStringProperty("cmd", message.command());
            out.writeStringProperty("reply", message.reply());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void analyzers(List<AnalyzerConfig> analyzers) {
        out.writeArrayPropertyStart("ptd_config");
        for (AnalyzerConfig analyzer : analyzers) {
            out.writeStartObject();
            array("command", analyzer.command());
            out.writeNumberProperty("device_type", analyzer.deviceType());
            out.writeStringProperty("interface_flag", analyzer.interfaceFlag());
            out.writeStringProperty("dc_flag", analyzer.dcFlag().orElse(null));
            out.writeStringProperty("device_port", analyzer.devicePort());
            if (analyzer.channels().isEmpty()) {
                out.writeNullProperty("channel");
            } else {
                array("channel", analyzer.channels());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void array(String name, List<?> elements) {
        out.writeName(name);
        PythonJson.value(out, elements);
    }
}
