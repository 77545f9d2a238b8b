package dev.wattline.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedNetworksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8|10.255.1.2|true",
                "10.0.0.0/8|11.0.0.0|false",
                "192.168.1.128/25|192.168.1.127|false",
                "192.168.1.128/25|192.168.1.128|true",
                "192.168.1.7|192.168.1.7|true",
                "192.168.1.7|192.168.1.6|false",
                "0.0.0.0/0|8.8.8.8|true",
                "0.0.0.0/0|::1|false",
                "::1, 10.0.0.0/8|::1|true",
                "fd00::/8 ::1|fd12::34|true",
                "fd00::/8|fe80::1|false",
                "10.0.0.0/8|::ffff:10.1.2.3|true",
            })
    void containsWhatItsBitsSay(String networks, String address, boolean allowed) throws Exception {
        assertThat(AllowedNetworks.parse(networks).test(InetAddress.getByName(address)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "lab.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0", "::1/129", "300.0.0.1"})
    void saysWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> AllowedNetworks.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected");
    }
}
