package dev.wattline.director.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortHolderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/opt/ptd/ptd-linux-x86 -l x.log -p 8888 49 /dev/usbtmc0 | /opt/ptd/ptd-linux-x86 -l x.log -p 8888 49 /dev/usbtmc0",
                "/usr/lib/jvm/bin/java -Xmx1g -cp /a/b.jar dev.wattline.cli.Main director -c a.conf | wattline director -c a.conf",
                "java -Dx=y -jar server.jar --port 4950                         | server.jar --port 4950",
                "java -classpath a:b -Xss1m org.example.Server -jar             | org.example.Server -jar",
                "java                                                           | java",
                "java -version                                                  | java -version",
                "javaws -Xmx1g a                                                | javaws -Xmx1g a",
            })
    void aCommandIsShownWithoutWhatTheJvmWasTold(String commandLine, String shown) {
        assertThat(PortHolder.shown(commandLine)).isEqualTo(shown);
    }

    @Test
    void onlyTheFirstLineIsShown() {
        assertThat(PortHolder.shown("sh -c first\nsecond")).isEqualTo("sh -c first");
        assertThat(PortHolder.shown("")).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells who listens")
    void theProcessThatListensIsNamed() throws IOException {
        try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortHolder.find(here.getLocalPort()))
                    .hasValueSatisfying(holder -> assertThat(holder)
                            .startsWith("process " + ProcessHandle.current().pid() + " ("));
        }
    }
}
