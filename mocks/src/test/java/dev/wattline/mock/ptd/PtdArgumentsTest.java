package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.mock.InvalidOptionException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PtdArgumentsTest {

    @Test
    void readsWhatADirectorPasses() {
        PtdArguments arguments = parse("-l ptd.log -p 8889 -b 2 -c 1,3 -D -y 77 192.168.1.20");
        assertThat(arguments.log()).contains(Path.of("ptd.log"));
        assertThat(arguments.port()).isEqualTo(8889);
        assertThat(arguments.board()).contains(2);
        assertThat(arguments.channels()).containsExactly(1, 3);
        assertThat(arguments.dc()).isTrue();
        assertThat(arguments.interfaceFlag()).isEqualTo("y");
        assertThat(arguments.type()).isEqualTo(77);
        assertThat(arguments.device()).isEqualTo("192.168.1.20");
    }

    @Test
    void takesGluedValuesTheRareOptionsAndTheLastOfTwo() {
        PtdArguments arguments = parse("-p8888 -e -d debug.log -B 9600 -p 9999 49 COM4");
        assertThat(arguments.port()).isEqualTo(9999);
        assertThat(arguments.extendedLog()).isTrue();
        assertThat(arguments.debugLog()).contains(Path.of("debug.log"));
        assertThat(arguments.baud()).contains(9600);
    }

    @Test
    void hasTheUsualPortAndNoLogByDefault() {
        PtdArguments arguments = parse("49 /dev/usbtmc0");
        assertThat(arguments.port()).isEqualTo(8888);
        assertThat(arguments.log()).isEmpty();
        assertThat(arguments.channels()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            49                  | missing
            -p 8888             | missing
            49 COM4 more        | too many
            -p x 49 COM4        | -p: expected a number
            -p 70000 49 COM4    | up to 65535
            -p -1 49 COM4       | at least 0
            -c 1,,2 49 COM4     | -c: expected a number
            -c 0 49 COM4        | at least 1
            -z 49 COM4          | no option '-z'
            -t 1000 COM4        | no temperature mode
            -X                  | --help
            --speed 3 49 COM4   | no option '--speed'
            -yy 49 COM4         | no option '-yy'
            x COM4              | the device type
            -l                  | -l needs a value
            """)
    void refusesWhatNoPtdaemonTakes(String line, String problem) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(problem);
    }

    private static PtdArguments parse(String line) {
        return PtdArguments.parse(List.of(line.split(" ")));
    }
}
