package dev.wattline.cli.lab;

import dev.wattline.cli.options.AccessOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.client.LabConnection.NamedToken;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.lab.json.LabJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The director whose lab is asked, and the form of what is printed: options of every command of the lab's console. */
final class LabConsole {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Set<String> ENVELOPE = Set.of("re", "ok", "event");

    @Option(
            names = {"-a", "--addr"},
            paramLabel = "ADDR",
            description = "The director: HOST, HOST:PORT or [IPv6]:PORT (default: WATTLINE_DIRECTOR, or localhost).")
    private @Nullable String address;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private AccessOptions access = new AccessOptions();

    boolean json() {
        return json;
    }

    /** Connects to the director. */
    LabConnection open() {
        String text = Optional.ofNullable(address)
                .or(() -> Optional.ofNullable(System.getenv("WATTLINE_DIRECTOR")))
                .orElse("localhost");
        HostPort director;
        try {
            director = HostPort.parse(text, ControlProtocol.DEFAULT_PORT);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--addr: " + e.getMessage(), "Give HOST, HOST:PORT or [IPv6]:PORT.");
        }
        Optional<NamedToken> token = access.token()
                .or(() -> Optional.ofNullable(System.getenv("WATTLINE_TOKEN_FILE"))
                        .map(file -> AccessOptions.firstLine(Path.of(file))))
                .map(NamedToken::parse);
        return LabConnection.open(director, access.tls(), Role.CONSOLE, token, ANSWER);
    }

    /** Asks for one thing and prints the answer, as JSON or by lines. */
    void ask(LabMessage request, Consumer<LabMessage> lines) {
        try (LabConnection connection = open()) {
            print(ask(connection, request), lines);
        }
    }

    /**
     * Asks on a connection that is open.
     *
     * @throws UsageException if the request names or sets something that is not there
     */
    LabMessage ask(LabConnection connection, LabMessage request) {
        try {
            return connection.ask(request, ANSWER);
        } catch (RequestRejectedException e) {
            if (e.reply().equals(LabProtocol.WRONG)) {
                throw new UsageException(
                        String.valueOf(e.getMessage()), e.remedy().orElse(null));
            }
            throw e;
        }
    }

    /** Prints an answer. */
    void print(LabMessage answer, Consumer<LabMessage> lines) {
        if (json) {
            System.out.println(LabJson.line(withoutEnvelope(answer)));
            return;
        }
        lines.accept(answer);
    }

    /** What an answer says, without what only the protocol needs to tell answers from another. */
    private static LabMessage withoutEnvelope(LabMessage answer) {
        LabMessage plain = LabMessage.empty();
        for (Map.Entry<String, Object> field : answer.fields().entrySet()) {
            plain = ENVELOPE.contains(field.getKey()) ? plain : plain.with(field.getKey(), field.getValue());
        }
        return plain;
    }

    /** A job in words, for a row of a table. */
    static List<String> row(LabMessage job) {
        String state = job.text("state");
        String detail = job.optionalText("step")
                .or(() -> job.optionalText("waits-for"))
                .or(() -> job.optionalText("cause"))
                .orElse("");
        if (state.equals("ended")) {
            boolean counts = job.list("invalid").isEmpty();
            state = job.text("status");
            if (state.equals("complete") && !counts) {
                state = "not valid";
                detail = String.join("; ", job.list("invalid"));
            }
        }
        return List.of(
                job.text("job"),
                state,
                job.text("sut"),
                job.text("workload") + values(job, "params", "") + values(job, "settings", "set "),
                job.text("kind"),
                job.text("by"),
                job.text("session"),
                detail);
    }

    private static String values(LabMessage job, String key, String before) {
        StringBuilder text = new StringBuilder();
        job.texts(key)
                .forEach((name, value) ->
                        text.append(' ').append(before).append(name).append('=').append(value));
        return text.toString();
    }
}
