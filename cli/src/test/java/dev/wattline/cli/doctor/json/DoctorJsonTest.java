package dev.wattline.cli.doctor.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.doctor.CheckOutcome;
import dev.wattline.cli.doctor.DoctorReport;
import dev.wattline.cli.doctor.Status;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class DoctorJsonTest {
    @Test
    void reportHasItsDocumentedShape() {
        DoctorReport report = new DoctorReport(
                List.of(
                        new DoctorReport.Row(
                                "Java", new CheckOutcome(Status.PASS, "Java 17", "", Map.of("feature", 17))),
                        new DoctorReport.Row(
                                "NTP server",
                                new CheckOutcome(
                                        Status.WARN,
                                        "off by \"much\"\nand more",
                                        "Set it.",
                                        Map.of("offsetMillis", 250.25)))),
                Instant.parse("2026-11-22T10:00:00Z"),
                Duration.ofMillis(1500));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        DoctorJson.write(report, "1.2", bytes);

        JsonNode root = new ObjectMapper().readTree(bytes.toString(StandardCharsets.UTF_8));
        assertThat(root.propertyNames())
                .containsExactly("doctor", "wattline", "at", "seconds", "verdict", "pass", "warn", "fail", "checks");
        assertThat(root.get("doctor").intValue()).isEqualTo(1);
        assertThat(root.get("wattline").stringValue()).isEqualTo("1.2");
        assertThat(root.get("at").stringValue()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(root.get("seconds").doubleValue()).isEqualTo(1.5);
        assertThat(root.get("verdict").stringValue()).isEqualTo("warn");
        assertThat(root.get("pass").intValue()).isEqualTo(1);
        assertThat(root.get("warn").intValue()).isEqualTo(1);
        assertThat(root.get("fail").intValue()).isZero();
        JsonNode ntp = root.get("checks").get(1);
        assertThat(ntp.propertyNames()).containsExactly("name", "status", "cause", "remedy", "values");
        assertThat(ntp.get("name").stringValue()).isEqualTo("NTP server");
        assertThat(ntp.get("status").stringValue()).isEqualTo("warn");
        assertThat(ntp.get("cause").stringValue()).isEqualTo("off by \"much\"\nand more");
        assertThat(ntp.get("remedy").stringValue()).isEqualTo("Set it.");
        assertThat(ntp.get("values").get("offsetMillis").doubleValue()).isEqualTo(250.25);
        assertThat(root.get("checks").get(0).get("values").get("feature").isIntegralNumber())
                .isTrue();
    }
}
