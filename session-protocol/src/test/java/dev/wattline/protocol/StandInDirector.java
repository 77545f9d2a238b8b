package dev.wattline.protocol;

import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.Download;
import dev.wattline.protocol.ControlRequest.New;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.ControlRequest.Unknown;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.server.ControlHandler;
import dev.wattline.protocol.server.LostCause;
import dev.wattline.protocol.server.ReceivedRequest;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A director without analyzers: it answers as one whose commands all succeed, or as the test says. */
public class StandInDirector implements ControlHandler {
    public static final String SESSION = "2026-11-22_04-48-34_rig";
    public static final String OPENED = "OK " + SESSION + ",908a8672-ea95-4981-b97a-05a9360c0d8f";

    public final Queue<String> asked = new ConcurrentLinkedQueue<>();
    public final BlockingQueue<ControlClient> connected = new LinkedBlockingQueue<>();
    public final BlockingQueue<LostCause> lost = new LinkedBlockingQueue<>();
    public final BlockingQueue<LostCause> disconnected = new LinkedBlockingQueue<>();
    private final Set<ControlClient> inSession = ConcurrentHashMap.newKeySet();
    private final @Nullable Path folder;
    private volatile BiFunction<ControlClient, ReceivedRequest, @Nullable ControlAnswer> first = (c, r) -> null;

    public StandInDirector() {
        this(null);
    }

    public StandInDirector(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Lets the test answer; null leaves the answer to this class. */
    public StandInDirector answering(BiFunction<ControlClient, ReceivedRequest, @Nullable ControlAnswer> answer) {
        first = answer;
        return this;
    }

    @Override
    public void connected(ControlClient client) {
        connected.add(client);
    }

    @Override
    public boolean isInstant(ControlRequest request) {
        return request instanceof Time;
    }

    @Override
    public boolean needsPlace(ControlRequest request) {
        return request instanceof New;
    }

    @Override
    public boolean holdsPlace(ControlClient client) {
        return inSession.contains(client);
    }

    @Override
    public ControlAnswer handle(ControlClient client, ReceivedRequest received) {
        asked.add(received.line());
        if (received.request() instanceof New) {
            inSession.add(client);
        } else if (received.request() instanceof Done) {
            inSession.remove(client);
        }
        ControlAnswer answer = first.apply(client, received);
        if (answer != null) {
            return answer;
        }
        ControlRequest request = received.request();
        if (request instanceof Time) {
            return ControlReply.time(1795322914.526807);
        }
        if (request instanceof New) {
            return ControlReply.parse(OPENED);
        }
        if (request instanceof Download download) {
            return folder == null ? Replies.ERROR : new SendFile(folder.resolve(download.file()));
        }
        return request instanceof Unknown unknown ? unknown.reply() : Replies.OK;
    }

    @Override
    public void lost(ControlClient client, LostCause cause) {
        lost.add(cause);
    }

    @Override
    public void disconnected(ControlClient client, LostCause cause) {
        disconnected.add(cause);
    }
}
