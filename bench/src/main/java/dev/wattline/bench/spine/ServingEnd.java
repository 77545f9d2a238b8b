package dev.wattline.bench.spine;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.SendFile;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.server.ControlHandler;
import dev.wattline.protocol.server.ControlServer;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.ReceivedRequest;
import dev.wattline.protocol.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;

/** The director's end of a transfer as a process of its own: it sends one file, and tells the time. */
final class ServingEnd implements ControlHandler {
    private final Path file;

    private ServingEnd(Path file) {
        this.file = file;
    }

    /** {@code FILE PORT}: serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        HostPort address = new HostPort("127.0.0.1", Integer.parseInt(args[1]));
        try (ControlServer server =
                ControlServer.start(ServerOptions.on(Endpoint.plain(address)), new ServingEnd(Path.of(args[0])))) {
            System.out.println("serving on " + server.port());
            System.in.transferTo(System.err);
        }
    }

    @Override
    public boolean isInstant(ControlRequest request) {
        return request instanceof ControlRequest.Time;
    }

    @Override
    public ControlAnswer handle(ControlClient client, ReceivedRequest received) {
        if (received.request() instanceof ControlRequest.Download) {
            return new SendFile(file);
        }
        return ControlReply.time(TimeSource.system().epochSeconds());
    }
}
