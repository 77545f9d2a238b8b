package dev.wattline.protocol.time;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.net.ntp.NtpV3Impl;
import org.apache.commons.net.ntp.NtpV3Packet;
import org.apache.commons.net.ntp.TimeStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small SNTPv4 server (RFC 4330, section 6) that passes on this machine's clock, for closed networks and tests: both
 * machines of a measurement agree through it, whatever the time of the world. It says stratum 1 with the reference
 * {@code LOCL}, an uncalibrated local clock. One thread; anything but a client's request is dropped.
 */
public final class SntpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SntpServer.class);
    private static final int PACKET_BYTES = 48;
    private static final int LOCL = 0x4C4F434C;
    private static final int PRECISION = -20; // log2 of the clock's resolution in seconds: a microsecond

    private final DatagramSocket socket;
    private final TimeSource time;
    private final Duration offset;
    private final Thread thread;

    private SntpServer(DatagramSocket socket, TimeSource time, Duration offset) {
        this.socket = socket;
        this.time = time;
        this.offset = offset;
        this.thread = new Thread(this::serve, "sntp");
        this.thread.setDaemon(true);
    }

    /**
     * Listens and answers until closed.
     *
     * @param bind address and port; port 0 takes a free one
     * @param offset what is added to this machine's clock, to try out what a wrong clock does
     * @throws NtpException if the address cannot be had
     */
    public static SntpServer start(HostPort bind, TimeSource time, Duration offset) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(bind.host()), bind.port());
            SntpServer server = new SntpServer(new DatagramSocket(address), time, offset);
            server.thread.start();
            return server;
        } catch (IOException e) {
            throw NtpException.cannotListen(bind, e);
        }
    }

    /** Where it listens. */
    public HostPort address() {
        return HostPort.of((InetSocketAddress) socket.getLocalSocketAddress());
    }

    /** Blocks until it is closed. */
    public void join() throws InterruptedException {
        thread.join();
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[PACKET_BYTES], PACKET_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(PACKET_BYTES);
                socket.receive(packet);
                Instant receivedAt = time.now();
                if (packet.getLength() == PACKET_BYTES) {
                    answer(packet, receivedAt);
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("an NTP request could not be answered: {}", e.getMessage());
                }
            }
        }
    }

    private void answer(DatagramPacket packet, Instant receivedAt) throws IOException {
        NtpV3Impl request = new NtpV3Impl();
        request.setDatagramPacket(packet);
        if (request.getMode() != NtpV3Packet.MODE_CLIENT) {
            return;
        }
        SocketAddress client = packet.getSocketAddress();
        NtpV3Impl reply = new NtpV3Impl();
        reply.setMode(NtpV3Packet.MODE_SERVER);
        reply.setVersion(request.getVersion());
        reply.setStratum(1);
        reply.setPoll(request.getPoll());
        reply.setPrecision(PRECISION);
        reply.setReferenceId(LOCL);
        TimeStamp received = NtpTime.of(receivedAt.plus(offset));
        reply.setReferenceTime(received);
        reply.setOriginateTimeStamp(request.getTransmitTimeStamp());
        reply.setReceiveTimeStamp(received);
        reply.setTransmitTime(NtpTime.of(time.now().plus(offset)));
        byte[] data = reply.getDatagramPacket().getData();
        socket.send(new DatagramPacket(data, PACKET_BYTES, client));
    }

    @Override
    public void close() {
        socket.close();
    }
}
