package dev.wattline.protocol.client;

import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.ProtocolViolationException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.lab.json.LabJson;
import dev.wattline.protocol.live.TokenProof;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection of {@code lab/1} to a director. It has no thread and no timer: who waits for a message is blocked in a read.
 * For one thread at a time; {@link #close} may come from any.
 */
public final class LabConnection implements AutoCloseable {
    private final HostPort director;
    private final ControlSocket socket;
    private final ArrayDeque<LabMessage> unasked = new ArrayDeque<>();
    private long nextId = 1;

    private LabConnection(HostPort director, ControlSocket socket) {
        this.director = director;
        this.socket = socket;
    }

    /**
     * A token and the name by which the director knows it; the name is empty for the token that all its clients share.
     *
     * @param name as in the director's file of tokens
     */
    public record NamedToken(String name, String secret) {
        /** Reads {@code NAME TOKEN}, or {@code TOKEN} alone. */
        public static NamedToken parse(String line) {
            String[] words = line.strip().split("\\s+", 2);
            return words.length == 2 ? new NamedToken(words[0], words[1]) : new NamedToken("", words[0]);
        }

        @Override
        public String toString() { // the token belongs into no log
            return "NamedToken[" + name + "]";
        }
    }

    /**
     * Connects, greets, and proves the token if the director asks for one.
     *
     * @param timeout how long connecting, and each answer until then, may take
     * @throws ControlConnectionException if there is no connection
     * @throws ProtocolViolationException if the other end is no director with a lab
     * @throws RequestRejectedException if it does not let this one in
     */
    public static LabConnection open(
            HostPort director, Optional<SSLContext> tls, Role role, Optional<NamedToken> token, Duration timeout) {
        ControlSocket socket = ControlSocket.connect(director, timeout, tls);
        LabConnection connection = new LabConnection(director, socket);
        try {
            connection.greet(role, token, timeout);
            return connection;
        } catch (IOException e) {
            connection.close();
            throw connection.lost(e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void greet(Role role, Optional<NamedToken> token, Duration timeout) throws IOException {
        socket.send(LabProtocol.GREETING + role.word());
        String reply = line(timeout);
        if (!reply.startsWith(LabProtocol.OK)) {
            if (reply.startsWith("Error: ")) {
                throw new RequestRejectedException(
                        "director " + director + " does not let this " + role.word() + " in: "
                                + reply.substring("Error: ".length()),
                        "docs/lab.md says who may do what.",
                        "greeting",
                        reply);
            }
            throw new ProtocolViolationException(
                    director + " knows no lab: it answered " + OneLine.quoted(reply),
                    "Use a director of this version, or check the address and port.",
                    null);
        }
        socket.allowLinesOf(LabProtocol.MAX_LINE_BYTES);
        int nonce = reply.indexOf(LabProtocol.NONCE);
        if (nonce >= 0) {
            prove(role, token, reply.substring(nonce + LabProtocol.NONCE.length()), timeout);
        }
    }

    private void prove(Role role, Optional<NamedToken> token, String nonce, Duration timeout) {
        NamedToken known = token.orElseThrow(() -> new RequestRejectedException(
                "director " + director + " lets in only who knows a token",
                "Give the file that holds NAME and TOKEN in its first line, as the director's file of tokens has them.",
                "greeting",
                ""));
        String own = TokenProof.nonce();
        LabMessage answer = ask(
                LabMessage.request("auth")
                        .with("name", known.name())
                        .with("nonce", own)
                        .with("proof", LabProtocol.proof(known.secret(), role.word(), nonce, own)),
                timeout);
        if (!LabProtocol.isProof(known.secret(), "director", nonce, own, answer.text("proof"))) {
            throw new ProtocolViolationException(
                    director + " does not know the token itself",
                    "Something else than your director answers there.",
                    null);
        }
    }

    /**
     * Sends a message.
     *
     * @throws LabMessageException if it is longer than a line may be, at which the director would hang up
     */
    public void send(LabMessage message) {
        String line = LabJson.line(message);
        int bytes = line.getBytes(StandardCharsets.UTF_8).length + 2;
        if (bytes > LabProtocol.MAX_LINE_BYTES) {
            throw new LabMessageException("what is to be sent to director " + director + " has " + bytes
                    + " bytes; a message has at most " + LabProtocol.MAX_LINE_BYTES);
        }
        try {
            socket.send(line);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Asks and waits for the answer; what comes meanwhile and is none is kept for {@link #receive}.
     *
     * @throws RequestRejectedException if the answer is an error
     * @throws ControlTimeoutException if it does not come in time
     */
    public LabMessage ask(LabMessage request, Duration timeout) {
        long id = nextId++;
        send(request.with("id", id));
        while (true) {
            LabMessage message = read(timeout)
                    .orElseThrow(() -> new ControlTimeoutException(
                            "director " + director + " did not answer '" + request.text("do") + "' within "
                                    + timeout.toSeconds() + " s",
                            null,
                            null));
            if (message.has("re") && Long.valueOf(id).equals(message.fields().get("re"))) {
                return answer(request, message);
            }
            unasked.add(message);
        }
    }

    private static LabMessage answer(LabMessage request, LabMessage message) {
        Optional<String> error = message.optionalText("error");
        if (error.isPresent()) {
            throw new RequestRejectedException(
                    message.optionalText("text").orElse(error.get()),
                    message.optionalText("remedy").orElse(null),
                    request.text("do"),
                    error.get());
        }
        return message;
    }

    /**
     * The next message that is no answer.
     *
     * @param timeout how long to wait; zero for as long as it takes, which wakes nothing
     * @return empty if none came in time
     * @throws ControlConnectionException if the connection is gone
     */
    public Optional<LabMessage> receive(Duration timeout) {
        LabMessage kept = unasked.poll();
        return kept == null ? read(timeout) : Optional.of(kept);
    }

    private Optional<LabMessage> read(Duration timeout) {
        try {
            return Optional.of(LabJson.parse(line(timeout)));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw lost(e);
        } catch (LabMessageException e) {
            throw new ProtocolViolationException(director + " sent no message: " + e.getMessage(), null, e);
        }
    }

    private String line(Duration timeout) throws IOException {
        String line = socket.in(timeout.toMillis()).readLine();
        if (line == null) {
            throw lost(null);
        }
        return line;
    }

    private ControlConnectionException lost(@Nullable IOException e) {
        return new ControlConnectionException(
                "the connection to director " + director + " is gone"
                        + (e == null ? ": it closed it" : ": " + e.getMessage()),
                "See the director's log.",
                e);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw lost(e);
        }
    }
}
