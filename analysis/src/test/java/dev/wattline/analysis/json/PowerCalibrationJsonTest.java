package dev.wattline.analysis.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.analysis.calibration.CalibrationSession;
import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.Cooling.Course;
import dev.wattline.analysis.calibration.CpuSight;
import dev.wattline.analysis.calibration.HoldOut;
import dev.wattline.analysis.calibration.MachinePrint;
import dev.wattline.analysis.calibration.NodeModel;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.WallModel;
import dev.wattline.analysis.calibration.json.PowerCalibrationJson;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is written is what is read, fits the schema that is shipped, and nothing else is taken. */
class PowerCalibrationJsonTest {
    private static final PowerCalibration ONE = new PowerCalibration(
            3,
            Instant.parse("2026-02-03T09:12:44Z"),
            "1.2",
            new PowerCalibration.Meter("meter", "plug", 1.5, 0.5),
            new MachinePrint(new TreeMap<>(Map.of("board", "x", "card GPU-1", "H100"))),
            "",
            true,
            List.of(new CalibrationSession(
                    Instant.parse("2026-01-20T08:00:00Z"),
                    1260,
                    Map.of("spl.txt", "sha256:" + "0".repeat(64)),
                    17,
                    true,
                    List.of(new WallModel(
                            CpuSight.OS,
                            List.of("1", "gpu:GPU-1", "activity", "lowpass", "square"),
                            new double[] {100.0 / 3, 1.07, 0.9, 0.03, 0.01},
                            new double[][] {
                                {4, 0.1, 0, 0, 0},
                                {0.1, 0.01, 0, 0, 0},
                                {0, 0, 0.02, 0, 0},
                                {0, 0, 0, 1e-4, 0},
                                {0, 0, 0, 0, 1e-5}
                            },
                            30,
                            900,
                            90,
                            1200,
                            6,
                            3.5,
                            0.4,
                            2.5,
                            Double.NaN,
                            new HoldOut(160, 0.3, 1.1, ""))),
                    List.of(new NodeModel(
                            "redfish",
                            "chassis",
                            new double[] {3, 0.98, 0.004},
                            new double[][] {{4, 0, 0}, {0, 1e-4, 0}, {0, 0, 1e-6}},
                            10,
                            4,
                            1200,
                            200,
                            5,
                            4,
                            new HoldOut(160, -0.2, 1.3, ""))),
                    new Cooling(
                            new TreeMap<>(Map.of("cooling nct6775/fan1", new Course(900, 1000, 1200))),
                            new TreeMap<>(Map.of("nvidia-smi GPU-1", new Course(31, 60, 78)))),
                    List.of("a note"))));

    @TempDir
    private Path folder;

    private Path written() throws IOException {
        Path file = folder.resolve("lab.json");
        PowerCalibrationJson.write(file, ONE);
        return file;
    }

    @Test
    void whatIsWrittenIsReadAndWrittenTheSame() throws IOException {
        Path first = written();
        PowerCalibration read = PowerCalibrationJson.read(first);
        Path second = folder.resolve("again.json");
        PowerCalibrationJson.write(second, read);

        assertThat(second).hasSameTextualContentAs(first);
        assertThat(read.sessions().get(0).models().get(0).b()[0]).isEqualTo(100.0 / 3);
        assertThat(read.sessions().get(0).models().get(0).cpuSpanW()).isNaN();
        assertThat(read.machine()).isEqualTo(ONE.machine());
    }

    @Test
    void whatIsWrittenFitsTheSchema() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        Path schema = Path.of("..", "docs", "schemas", "power-calibration.schema.json");

        assertThat(new JsonSchema(mapper.readTree(Files.readAllBytes(schema)))
                        .violations(mapper.readTree(Files.readAllBytes(written()))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "revision" : 3       | "revision" : "x"    | number in 'revision'
            "quick" : true       | "quick" : true, "more" : 1 | unknown key 'more'
            "H100"               | "H200"              | hash is not that of its facts
            [ 4.0, 0.1, 0.0      | [ 4.0, 0.2, 0.0     | session 1, model 1: 'V' is no covariance
            [ 0.1, 0.01,         | [ 0.1, 0.001,       | 'V' is no covariance
            "cpu" : "os"         | "cpu" : "gpu"       | expected rapl, os or none
            -calibration/1       | -calibration/9      | expected the schema wattline-power-calibration/1
            """)
    void whatIsWrongIsNamed(String written, String instead, String expected) throws IOException {
        Path file = written();
        String text = Files.readString(file);
        assertThat(text).contains(written.strip());
        Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(written.strip()), instead.strip()));

        assertThatThrownBy(() -> PowerCalibrationJson.read(file))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(expected);
    }

    @Test
    void cutFileIsNoCalibration() throws IOException {
        Path file = written();
        String text = Files.readString(file);
        for (int length : new int[] {0, 1, 40, text.length() / 2, text.length() - 3}) {
            Files.writeString(file, text.substring(0, length));
            assertThatThrownBy(() -> PowerCalibrationJson.read(file)).isInstanceOf(AnalysisInputException.class);
        }
    }
}
