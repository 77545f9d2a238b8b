package dev.wattline.protocol.time;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.protocol.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class NtpdateClockSetterTest {
    private static final HostPort SERVER = new HostPort("10.0.0.1", 123);

    @Test
    void successSaysNothing() {
        assertThatCode(() -> new NtpdateClockSetter(host -> List.of("test", host, "=", "10.0.0.1")).set(SERVER))
                .doesNotThrowAnyException();
    }

    @Test
    void failureCarriesCommandStatusAndOutput() {
        assertThatThrownBy(
                        () -> new NtpdateClockSetter(host -> List.of("sh", "-c", "echo no server; exit 3")).set(SERVER))
                .isInstanceOf(ClockException.class)
                .hasMessage("setting this machine's clock by 'sh -c echo no server; exit 3' failed: exit status 3,"
                        + " no server");
    }

    @Test
    void absentProgramIsNamed() {
        assertThatThrownBy(() -> new NtpdateClockSetter(host -> List.of("no-such-ntpdate", host)).set(SERVER))
                .hasMessageContaining("no-such-ntpdate");
    }

    @Test
    void otherPortIsRefused() {
        assertThatThrownBy(() -> new NtpdateClockSetter().set(new HostPort("10.0.0.1", 1123)))
                .hasMessageContaining("ntpdate asks port 123 only");
    }
}
