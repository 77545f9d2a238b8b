package dev.wattline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "director,director,4950,director:4950",
        "director:1,director,1,director:1",
        "10.0.0.1:65535,10.0.0.1,65535,10.0.0.1:65535",
        "::1,::1,4950,[::1]:4950",
        "[::1],::1,4950,[::1]:4950",
        "[fe80::1%eth0]:0,fe80::1%eth0,0,[fe80::1%eth0]:0",
        "' host ',host,4950,host:4950",
    })
    void readsHostAndPort(String text, String host, int port, String printed) {
        HostPort address = HostPort.parse(text, ControlProtocol.DEFAULT_PORT);
        assertThat(address).isEqualTo(new HostPort(host, port));
        assertThat(address).hasToString(printed);
        assertThat(HostPort.parse(printed, 1)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "'','expected a host name or address, got '''''",
        "a b,'expected a host name or address, got ''a b'''",
        ":4950,'expected a host name or address, got '''''",
        "host:,expected a port number after ':' in 'host:'",
        "host:x,expected a port number after ':' in 'host:x'",
        "host:-1,expected a port number after ':' in 'host:-1'",
        "host:65536,'expected a port from 0 to 65535, got 65536'",
        "[::1,expected ']' after the address in '[::1'",
        "[::1]4950,expected ':<port>' after ']' in '[::1]4950'",
    })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> HostPort.parse(text, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
        assertThat(HostPort.tryParse(text, 1)).isEmpty();
    }

    @Test
    void socketAddressIsPrintedWithoutALookUp() {
        assertThat(HostPort.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80)))
                .hasToString("127.0.0.1:80");
        assertThat(HostPort.of(InetSocketAddress.createUnresolved("nowhere.invalid", 80)))
                .hasToString("nowhere.invalid:80");
    }
}
