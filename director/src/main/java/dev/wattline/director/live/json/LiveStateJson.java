package dev.wattline.director.live.json;

import dev.wattline.director.live.LiveLab;
import dev.wattline.director.live.LiveLab.Job;
import dev.wattline.director.live.LiveLab.Sut;
import dev.wattline.director.live.LiveState;
import dev.wattline.director.live.LiveState.Ended;
import dev.wattline.director.live.LiveState.Open;
import dev.wattline.director.live.LiveState.Sample;
import dev.wattline.model.finding.Finding;
import java.time.Instant;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state as the page and programs get it: times in ms since the epoch, power in W. What is not known or not there is
 * absent.
 */
public final class LiveStateJson {
    private static final String SCHEMA = "wattline-live-1";
    private static final JsonMapper JSON = new JsonMapper();

    private static final String NOTICE_SCHEMA = "wattline-notice-1";

    private LiveStateJson() {}

    /**
     * The whole state.
     *
     * @param hasReport whether a report of this session can be shown
     */
    public static String state(LiveState state, Instant now, Predicate<String> hasReport) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("now", now.toEpochMilli());
        state.open().ifPresent(open -> root.set("session", open(open)));
        ArrayNode ended = root.putArray("ended");
        state.ended().forEach(session -> ended.add(ended(session, hasReport.test(session.session()))));
        state.lab().ifPresent(lab -> root.set("lab", lab(lab)));
        ArrayNode samples = root.putArray("samples");
        for (Sample sample : state.samples()) {
            samples.add(JSON.createArrayNode()
                    .add(sample.at().toEpochMilli())
                    .add(sample.watts())
                    .add(sample.phase().word()));
        }
        state.sampleAt(now).ifPresent(sample -> root.set("sample", node(sample)));
        return root.toString();
    }

    public static String sample(Sample sample) {
        return node(sample).toString();
    }

    /** What a program of the lab's is told of a session that has ended, on one line. */
    public static String notice(String event, Ended session) {
        ObjectNode node = JSON.createObjectNode();
        node.put("schema", NOTICE_SCHEMA);
        node.put("event", event);
        node.setAll(ended(session, false));
        return node + "\n";
    }

    private static ObjectNode node(Sample sample) {
        ObjectNode node = JSON.createObjectNode();
        node.put("at", sample.at().toEpochMilli());
        node.put("phase", sample.phase().word());
        node.put("number", sample.number());
        node.put("watts", sample.watts());
        ArrayNode each = node.putArray("analyzers");
        sample.each().forEach(each::add);
        return node;
    }

    private static ObjectNode open(Open open) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", open.session());
        node.put("client", open.client());
        node.put("state", open.state());
        node.put("began", open.began().toEpochMilli());
        open.phase().ifPresent(phase -> node.put("phase", phase.word()));
        open.phaseBegan().ifPresent(began -> node.put("phaseBegan", began.toEpochMilli()));
        open.expected().ifPresent(expected -> node.put("expectedSeconds", expected.toMillis() / 1e3));
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : open.findings()) {
            ObjectNode one = findings.addObject();
            one.put("id", finding.id());
            one.put("severity", finding.severity().word());
            one.put("text", finding.message());
            finding.time().ifPresent(at -> one.put("at", at.toEpochMilli()));
            one.put("cause", finding.explanation().cause());
            one.put("remedy", finding.explanation().remedy());
        }
        return node;
    }

    private static ObjectNode lab(LiveLab lab) {
        ObjectNode node = JSON.createObjectNode();
        lab.paused().ifPresent(why -> node.put("paused", why));
        lab.reserved().ifPresent(who -> node.put("reserved", who));
        ArrayNode suts = node.putArray("suts");
        for (Sut sut : lab.suts()) {
            ObjectNode one = suts.addObject().put("name", sut.name()).put("state", sut.state());
            if (!sut.why().isEmpty()) {
                one.put("why", sut.why());
            }
        }
        node.put("more", lab.more());
        ArrayNode jobs = node.putArray("jobs");
        for (Job job : lab.jobs()) {
            ObjectNode one = jobs.addObject()
                    .put("id", job.id())
                    .put("sut", job.sut())
                    .put("workload", job.workload())
                    .put("kind", job.kind())
                    .put("by", job.by())
                    .put("state", job.state());
            if (!job.waitsFor().isEmpty()) {
                one.put("waitsFor", job.waitsFor());
            }
        }
        return node;
    }

    private static ObjectNode ended(Ended session, boolean hasReport) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", session.session());
        node.put("began", session.began().toEpochMilli());
        node.put("ended", session.ended().toEpochMilli());
        node.put("outcome", session.outcome());
        if (!session.cause().isEmpty()) {
            node.put("cause", session.cause());
        }
        session.findings().ifPresent(count -> node.put("findings", count));
        if (hasReport) {
            node.put("report", "sessions/" + session.session() + "/report.html");
        }
        return node;
    }
}
