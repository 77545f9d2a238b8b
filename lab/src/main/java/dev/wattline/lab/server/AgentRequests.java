package dev.wattline.lab.server;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What agents ask and tell. Lab thread only. */
final class AgentRequests implements LabPeer.Service {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRequests.class);

    /** How long an agent may take for a sign of life before another of its name takes its place. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

    private static final int MOST_TEXT = 500;

    private final LabEngine engine;
    private final LabAdmission admission;
    private final KnownSuts known;
    private final TimeSource time;
    private final ScheduledExecutorService lab;
    private final Map<LabPeer, AgentLink> links = new HashMap<>();

    AgentRequests(
            LabEngine engine, LabAdmission admission, KnownSuts known, TimeSource time, ScheduledExecutorService lab) {
        this.engine = engine;
        this.admission = admission;
        this.known = known;
        this.time = time;
        this.lab = lab;
    }

    @Override
    public @Nullable LabMessage asked(LabPeer peer, LabMessage request) {
        String what = request.text("do");
        if (what.equals("time")) {
            return now();
        }
        if (what.equals("hello")) {
            return hello(peer, request);
        }
        AgentLink link = link(peer);
        switch (what) {
            case "outcome" -> {
                JobReport report = JobReport.of(request);
                if (!engine.reported(link.sut(), report)) {
                    throw new RefusedException("unknown", "job " + report.job() + " is none of this director's");
                }
                return LabMessage.empty();
            }
            case "ready" -> {
                boolean ready = request.flag("ready");
                engine.forgotten(link.sut());
                link.become(ready, cut(request.optionalText("why").orElse("")));
                lab.execute(engine::step); // behind the answer
                return now();
            }
            case "handed-over" -> {
                String ticket = engine.handOver(
                        link.sut(), request.name("job"), (int) request.whole("attempt", 1, Integer.MAX_VALUE));
                return LabMessage.empty().with("ticket", ticket);
            }
            default -> throw new RefusedException("unknown", "an agent cannot ask for '" + what + "'");
        }
    }

    private LabMessage now() {
        return LabMessage.empty().with("now", time.epochSeconds());
    }

    private AgentLink link(LabPeer peer) {
        AgentLink link = links.get(peer);
        if (link == null || engine.agent(link.sut()) != link) {
            throw new RefusedException("hello", "an agent must say hello first");
        }
        return link;
    }

    private @Nullable LabMessage hello(LabPeer peer, LabMessage request) {
        String sut = request.name("sut");
        if (links.containsKey(peer)) {
            throw new RefusedException("hello", "an agent says hello once");
        }
        admission.refusal(sut, peer.connection(), peer.token()).ifPresent(why -> {
            LOG.warn("refused {}: {}", peer.connection().address(), why);
            throw new RefusedException("name", why, "docs/lab.md says how machines get names.");
        });
        AgentLink before = engine.agent(sut);
        AgentLink link = new AgentLink(sut, peer, SutFacts.of(request));
        if (before == null) {
            return admit(link);
        }
        long id = LabPeer.id(request);
        boolean[] alive = new boolean[1];
        before.peer().ask(LabMessage.request("ping"), answer -> alive[0] = true);
        boolean preparing = engine.queue().activeOf(sut).isPresent();
        var unused = lab.schedule(
                () -> {
                    AgentLink now = engine.agent(sut);
                    if (now == before && (alive[0] || preparing)) {
                        peer.answer(
                                id,
                                new RefusedException(
                                                "taken",
                                                "an agent of the name '" + sut + "' is connected from "
                                                        + before.peer()
                                                                .connection()
                                                                .address(),
                                                "Give each machine a name of its own.")
                                        .answer());
                    } else if (peer.connection().isOpen()) {
                        if (now != null) {
                            engine.left(now);
                            now.peer().hangUp("it gave no sign of life, and another agent of its name has come");
                        }
                        peer.answer(id, admit(link));
                    }
                },
                SIGN_OF_LIFE.toMillis(),
                TimeUnit.MILLISECONDS);
        return null;
    }

    private LabMessage admit(AgentLink link) {
        links.put(link.peer(), link);
        engine.agents().put(link.sut(), link);
        known.remember(link.sut(), link.facts());
        link.peer().connection().admitted();
        LOG.info(
                "the agent of {} is connected from {}",
                link.sut(),
                link.peer().connection().address());
        return now();
    }

    @Override
    public void told(LabPeer peer, LabMessage event) {
        AgentLink link = links.get(peer);
        if (link != null) {
            event.optionalText("step").ifPresent(step -> {
                link.does(cut(step));
                engine.look();
            });
        }
    }

    private static String cut(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }

    @Override
    public void gone(LabPeer peer) {
        Optional.ofNullable(links.remove(peer)).ifPresent(engine::left);
    }
}
