package dev.wattline.protocol.time;

import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** An NTP server could not be asked, gave no usable answer, or could not be started here. */
public final class NtpException extends ProtocolException {
    private NtpException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }

    static NtpException cannotAsk(HostPort server, String what, @Nullable Throwable cause) {
        return new NtpException(
                "cannot compare this machine's clock with NTP server " + server + ": " + what,
                "Check the server's name and that UDP port " + server.port()
                        + " is open, or name another server; 'wattline sntp' is one for closed networks.",
                cause);
    }

    static NtpException notSet(NtpMeasurement measured) {
        return new NtpException(
                "NTP server " + measured.server() + " says that its own clock is not set (stratum " + measured.stratum()
                        + "): this machine's clock cannot be judged by it",
                "Wait until the server has found its own time, see why it has not, or name another server; 'wattline sntp'"
                        + " is one for closed networks.",
                null);
    }

    static NtpException cannotListen(HostPort bind, Throwable cause) {
        return new NtpException(
                "cannot listen for NTP requests on " + bind + ": " + cause.getMessage(),
                "Give an address of this machine and a free port; ports below 1024, such as NTP's own 123, need special rights on most systems.",
                cause);
    }
}
