package dev.wattline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    private static Properties told(String terminal, String columns) {
        Properties properties = new Properties();
        properties.setProperty("wattline.terminal", terminal);
        properties.setProperty("wattline.columns", columns);
        return properties;
    }

    @ParameterizedTest
    @CsvSource({"'',false,false", "out,true,false", "',err',false,true", "'out,err',true,true"})
    void believesTheLauncher(String terminal, boolean out, boolean err) {
        Terminal of = Terminal.of(told(terminal, ""), Map.of());

        assertThat(of.out()).isEqualTo(out);
        assertThat(of.err()).isEqualTo(err);
    }

    @Test
    void withoutALauncherNothingIsATerminal() {
        Terminal of = Terminal.of(new Properties(), Map.of());

        assertThat(of.out()).isFalse();
        assertThat(of.err()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"80,80", "'',120", "0,120", "7,20", "wide,120", "-3,120", "999999999999,120"})
    void widthIsWhatWasToldWithinReason(String columns, int expected) {
        assertThat(Terminal.of(told("err", columns), Map.of()).columns()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'',xterm,true", "1,xterm,false", "'',dumb,false"})
    void coloursCanBeRefused(String noColor, String term, boolean colour) {
        Terminal of = Terminal.of(told("err", "80"), Map.of("NO_COLOR", noColor, "TERM", term));

        assertThat(of.colour()).isEqualTo(colour);
        assertThat(of.cursor()).isEqualTo(!term.equals("dumb"));
    }
}
