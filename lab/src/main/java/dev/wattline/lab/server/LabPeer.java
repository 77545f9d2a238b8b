package dev.wattline.lab.server;

import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.lab.json.LabJson;
import dev.wattline.protocol.server.LostCause;
import dev.wattline.protocol.server.SideConnection;
import dev.wattline.protocol.server.SideHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of {@code lab/1}: frames messages, keeps what was asked apart from what was answered, and has whoever must
 * prove a token do so first. Lines come on the network thread; all else happens on the lab's.
 */
final class LabPeer implements SideHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LabPeer.class);

    private final Role role;
    private final SideConnection connection;
    private final LabAdmission admission;
    private final Executor lab;
    private final Service service;
    private final String nonce; // empty where nothing needs to be proven
    private final AtomicInteger outstanding = new AtomicInteger();
    private final Map<Long, Consumer<LabMessage>> asked = new HashMap<>(); // lab thread only, as all below
    private long nextId = 1;
    private Optional<String> token = Optional.empty();
    private boolean proven;

    /** What is behind it; called on the lab's thread. */
    interface Service {
        /**
         * Answers a request.
         *
         * @return the answer, or null if it is given later by {@link LabPeer#answer}
         * @throws RefusedException if it cannot be fulfilled
         */
        @Nullable
        LabMessage asked(LabPeer peer, LabMessage request);

        /** Takes what wants no answer. */
        void told(LabPeer peer, LabMessage event);

        /** The connection is gone. */
        void gone(LabPeer peer);
    }

    LabPeer(
            Role role,
            SideConnection connection,
            LabAdmission admission,
            Executor lab,
            Service service,
            Optional<String> nonce) {
        this.role = role;
        this.connection = connection;
        this.admission = admission;
        this.lab = lab;
        this.service = service;
        this.nonce = nonce.orElse("");
        this.proven = nonce.isEmpty();
    }

    @Override
    public void line(String line) {
        if (outstanding.incrementAndGet() > LabProtocol.MAX_OUTSTANDING) {
            connection.hangUp("more than " + LabProtocol.MAX_OUTSTANDING + " of its messages wait");
            return;
        }
        lab.execute(() -> {
            outstanding.decrementAndGet();
            take(line);
        });
    }

    @Override
    public void lost(LostCause cause) {
        lab.execute(() -> {
            LOG.info("{} {} is gone: {}", role.word(), connection.address(), cause.detail());
            service.gone(this);
        });
    }

    private void take(String line) {
        try {
            LabMessage message = LabJson.parse(line);
            if (message.has("re")) {
                Consumer<LabMessage> answer = asked.remove(message.whole("re", 0, Long.MAX_VALUE));
                if (answer != null && proven) {
                    answer.accept(message);
                }
            } else if (message.has("do")) {
                request(message);
            } else if (proven) {
                service.told(this, message);
            }
        } catch (LabMessageException e) {
            LOG.warn("hung up on {}: {} in {}", connection.address(), e.getMessage(), OneLine.quoted(line));
            send(LabMessage.empty().with("error", "message").with("text", String.valueOf(e.getMessage())));
            connection.hangUp("it sent what is no message: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the lab failed on a message of {}", connection.address(), e);
            connection.hangUp("the lab failed on its message");
        }
    }

    private void request(LabMessage request) {
        long id = request.whole("id", 0, Long.MAX_VALUE);
        try {
            LabMessage answer;
            if (!proven || request.text("do").equals("auth")) {
                answer = prove(request);
            } else {
                answer = service.asked(this, request);
            }
            if (answer != null) {
                answer(id, answer);
            }
        } catch (RefusedException e) {
            answer(id, e.answer());
        } catch (LabMessageException e) {
            answer(id, new RefusedException("message", String.valueOf(e.getMessage())).answer());
        }
    }

    private LabMessage prove(LabMessage request) {
        if (nonce.isEmpty() || proven || !request.text("do").equals("auth")) {
            connection.hangUp("it asked for something before it had proven its token");
            throw new RefusedException("token", "a token must be proven first, once");
        }
        String name = request.text("name");
        String own = request.text("nonce");
        if (!admission.isProven(role, name, nonce, own, request.text("proof"))) {
            LOG.warn("{} {} does not know the token of '{}'", role.word(), connection.address(), name);
            connection.hangUp("it does not know the token");
            throw new RefusedException("token", "wrong token, or no token of this name");
        }
        proven = true;
        token = Optional.of(name);
        return LabMessage.empty().with("proof", admission.proof(name, nonce, own));
    }

    /** The id of a request, to answer it later. */
    static long id(LabMessage request) {
        return request.whole("id", 0, Long.MAX_VALUE);
    }

    /** Answers a request. */
    void answer(long id, LabMessage answer) {
        LabMessage reply = LabMessage.empty().with("re", id);
        if (!answer.has("error")) {
            reply = reply.with("ok", true);
        }
        for (Map.Entry<String, Object> field : answer.fields().entrySet()) {
            reply = reply.with(field.getKey(), field.getValue());
        }
        send(reply);
    }

    /** Asks the other end; the answer comes on the lab's thread, or never if the connection is lost. */
    void ask(LabMessage request, Consumer<LabMessage> answer) {
        long id = nextId++;
        asked.put(id, answer);
        send(request.with("id", id));
    }

    /** Sends something that wants no answer. */
    void send(LabMessage message) {
        String line = LabJson.line(message);
        if (line.length() * 3L >= LabProtocol.MAX_LINE_BYTES
                && line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 2 > LabProtocol.MAX_LINE_BYTES) {
            LOG.warn("a message to {} is longer than a line may be", connection.address());
            line = LabJson.line(LabMessage.empty()
                    .with("re", message.fields().getOrDefault("re", -1L))
                    .with("error", "long")
                    .with("text", "the answer is longer than a line may be"));
        }
        connection.send(line);
    }

    void hangUp(String reason) {
        connection.hangUp(reason);
    }

    SideConnection connection() {
        return connection;
    }

    /** The name of the token that was proven; empty if none was. */
    Optional<String> token() {
        return token;
    }
}
