package dev.wattline.protocol.time;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ntp.NtpUtils;
import org.apache.commons.net.ntp.NtpV3Impl;
import org.apache.commons.net.ntp.NtpV3Packet;
import org.apache.commons.net.ntp.TimeStamp;
import org.jspecify.annotations.Nullable;

/**
 * Measures this machine's clock against an NTP server (SNTPv4, RFC 4330): several exchanges, of which the one with the
 * least delay counts, since its offset can be wrong by half its delay at most. The round trip is taken from the
 * monotonic clock, so that a step of the wall clock between request and reply does not enter it. Packets are Apache
 * Commons Net's; its client is not used because it counts in whole milliseconds.
 */
public final class NtpClient {
    /** The port of NTP. */
    public static final int DEFAULT_PORT = 123;

    private static final int VERSION = 4;
    private static final int PACKET_BYTES = 48;
    private static final int LEAP_NOT_SET = 3;
    private static final int STRATUM_NOT_SET = 16; // RFC 5905; what is above it is reserved
    private static final double NANOS_PER_MILLI = 1e6;

    private final int exchanges;
    private final Duration timeout;
    private final TimeSource time;

    /**
     * A client.
     *
     * @param exchanges how many requests are made, at least 1
     * @param timeout for all of them together
     */
    public NtpClient(int exchanges, Duration timeout, TimeSource time) {
        if (exchanges < 1) {
            throw new IllegalArgumentException("expected at least one exchange, got " + exchanges);
        }
        this.exchanges = exchanges;
        this.timeout = timeout;
        this.time = time;
    }

    /** Four exchanges within 5 s. */
    public static NtpClient withDefaults(TimeSource time) {
        return new NtpClient(4, Duration.ofSeconds(5), time);
    }

    /**
     * Measures. One answer is enough, as far as the deadline is concerned.
     *
     * @throws NtpException if there is none, or the server refuses
     */
    public NtpMeasurement measure(HostPort server) {
        InetAddress address;
        try {
            address = InetAddress.getByName(server.host());
        } catch (UnknownHostException e) {
            throw NtpException.cannotAsk(server, "no address is known for '" + server.host() + "'", e);
        }
        long deadline = time.nanoTime() + timeout.toNanos();
        Best best = new Best();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, server.port()));
            for (int i = 0; i < exchanges && time.nanoTime() < deadline; i++) {
                // A lost packet must not use up the time of the exchanges after it.
                long share = (deadline - time.nanoTime()) / (exchanges - i);
                exchange(socket, server, time.nanoTime() + share).ifPresent(best::offer);
            }
        } catch (PortUnreachableException e) { // it comes without a message
            throw NtpException.cannotAsk(server, "nothing listens there", e);
        } catch (IOException e) {
            throw NtpException.cannotAsk(server, String.valueOf(e.getMessage()), e);
        }
        Exchange chosen = best.exchange;
        if (chosen == null) {
            throw NtpException.cannotAsk(server, "no answer within " + timeout.toMillis() + " ms", null);
        }
        return new NtpMeasurement(
                server,
                chosen.offsetNanos / NANOS_PER_MILLI,
                chosen.delayNanos / NANOS_PER_MILLI,
                chosen.stratum,
                chosen.synchronised,
                best.count);
    }

    private Optional<Exchange> exchange(DatagramSocket socket, HostPort server, long deadline) throws IOException {
        NtpV3Impl request = new NtpV3Impl();
        request.setMode(NtpV3Packet.MODE_CLIENT);
        request.setVersion(VERSION);
        // In this order: what passes between the two looks belongs to the round trip, and so to the uncertainty.
        long sentNanos = time.nanoTime();
        Instant sentAt = time.now();
        TimeStamp cookie = NtpTime.of(sentAt);
        request.setTransmitTime(cookie);
        DatagramPacket datagram = request.getDatagramPacket();
        socket.send(new DatagramPacket(datagram.getData(), datagram.getLength()));
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - time.nanoTime());
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) left);
            DatagramPacket received = new DatagramPacket(new byte[PACKET_BYTES], PACKET_BYTES);
            try {
                socket.receive(received);
            } catch (SocketTimeoutException e) {
                return Optional.empty(); // lost on the way; the next exchange may do better
            }
            long roundTrip = time.nanoTime() - sentNanos;
            Optional<NtpV3Impl> reply = reply(received, cookie);
            if (reply.isPresent()) {
                return Optional.of(evaluate(server, reply.get(), sentAt, roundTrip));
            }
        }
    }

    /** The packet, if it is a server's answer to this request and not a late or forged one. */
    private static Optional<NtpV3Impl> reply(DatagramPacket received, TimeStamp cookie) {
        if (received.getLength() < PACKET_BYTES) {
            return Optional.empty();
        }
        NtpV3Impl reply = new NtpV3Impl();
        reply.setDatagramPacket(received);
        boolean answers = reply.getMode() == NtpV3Packet.MODE_SERVER
                && reply.getOriginateTimeStamp().ntpValue() == cookie.ntpValue();
        return answers ? Optional.of(reply) : Optional.empty();
    }

    private static Exchange evaluate(HostPort server, NtpV3Impl reply, Instant sentAt, long roundTrip) {
        if (reply.getStratum() == 0) {
            throw NtpException.cannotAsk(
                    server, "it refuses to serve (" + NtpUtils.getReferenceClock(reply) + ")", null);
        }
        if (reply.getTransmitTimeStamp().ntpValue() == 0) {
            throw NtpException.cannotAsk(server, "its answer carries no time", null);
        }
        Instant serverReceived = NtpTime.instant(reply.getReceiveTimeStamp());
        Instant serverSent = NtpTime.instant(reply.getTransmitTimeStamp());
        Instant receivedAt = sentAt.plusNanos(roundTrip);
        double there = nanos(Duration.between(sentAt, serverReceived));
        double back = nanos(Duration.between(receivedAt, serverSent));
        double inServer = nanos(Duration.between(serverReceived, serverSent));
        return new Exchange(
                (there + back) / 2,
                Math.max(0, roundTrip - inServer),
                reply.getStratum(),
                reply.getLeapIndicator() != LEAP_NOT_SET && reply.getStratum() < STRATUM_NOT_SET);
    }

    private static double nanos(Duration duration) {
        return duration.getSeconds() * 1e9 + duration.getNano();
    }

    private record Exchange(double offsetNanos, double delayNanos, int stratum, boolean synchronised) {}

    /** The exchange with the least delay so far. */
    private static final class Best {
        private @Nullable Exchange exchange;
        private int count;

        void offer(Exchange candidate) {
            count++;
            if (exchange == null || candidate.delayNanos < exchange.delayNanos) {
                exchange = candidate;
            }
        }
    }
}
