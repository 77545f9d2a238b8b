package dev.wattline.protocol.time;

import java.time.Instant;
import org.apache.commons.net.ntp.TimeStamp;

/**
 * The 64-bit times of NTP: seconds in the upper half, their binary fraction in the lower. Seconds with the upper bit set
 * count from 1900, others from February 2036 (RFC 4330, section 3), so that any time from 1968 to 2104 is told apart.
 */
final class NtpTime {
    private static final long ERA_0_EPOCH_SECONDS = -2_208_988_800L; // 1900-01-01T00:00:00Z
    private static final long ERA_1_EPOCH_SECONDS = 2_085_978_496L; // 2036-02-07T06:28:16Z
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    static TimeStamp of(Instant instant) {
        long era = instant.getEpochSecond() < ERA_1_EPOCH_SECONDS ? ERA_0_EPOCH_SECONDS : ERA_1_EPOCH_SECONDS;
        long seconds = instant.getEpochSecond() - era;
        long fraction = ((long) instant.getNano() << 32) / NANOS_PER_SECOND;
        return new TimeStamp(seconds << 32 | fraction);
    }

    static Instant instant(TimeStamp time) {
        long seconds = time.getSeconds();
        long era = (seconds & 0x8000_0000L) != 0 ? ERA_0_EPOCH_SECONDS : ERA_1_EPOCH_SECONDS;
        long nanos = (time.getFraction() * NANOS_PER_SECOND + (1L << 31)) >>> 32;
        return Instant.ofEpochSecond(era + seconds, nanos);
    }
}
