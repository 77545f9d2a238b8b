package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowChunksTest {
    private static final String SINGLE =
            "Time,07-23-2024 13:28:10.096,Watts,167.300000,Volts,118.600000,Amps,1.623000,PF,0.869000";
    private static final String SUM =
            "Time,07-28-2025 22:04:15.416,Watts,2345.500000,Volts,237.863333,Amps,3.416333,PF,0.962573";
    private static final String CHANNEL = ",Watts,782.900000,Volts,237.940000,Amps,3.465000,PF,0.949700";

    @Test
    void aShortReplyIsOneSend() {
        assertThat(RowChunks.of("Last 2 samples", List.of(SINGLE, SINGLE)))
                .containsExactly("Last 2 samples\r\n" + SINGLE + "\r\n" + SINGLE + "\r\n");
    }

    @Test
    void rowsOfASingleChannelAreSentWholeAndTheHeaderDoesNotCount() {
        // 90 bytes a row with its CRLF: 930 are exceeded by the eleventh.
        List<String> chunks = RowChunks.of("Last 25 samples", Collections.nCopies(25, SINGLE));
        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(0)).isEqualTo("Last 25 samples\r\n" + (SINGLE + "\r\n").repeat(11));
        assertThat(chunks.get(1)).isEqualTo((SINGLE + "\r\n").repeat(11));
        assertThat(chunks.get(2)).isEqualTo((SINGLE + "\r\n").repeat(3));
    }

    @Test
    void rowsOfSeveralChannelsBreakBeforeAChannel() {
        String row = SUM + CHANNEL + CHANNEL + CHANNEL;
        List<String> chunks =
                RowChunks.of("Last 9 samples from sum channel and channels 1 - 3", Collections.nCopies(9, row));
        assertThat(String.join("", chunks))
                .isEqualTo("Last 9 samples from sum channel and channels 1 - 3\r\n" + (row + "\r\n").repeat(9));
        assertThat(chunks.get(1)).startsWith(",Watts,");
        assertThat(chunks.subList(1, chunks.size() - 1))
                .allSatisfy(chunk -> assertThat(chunk.length()).isBetween(931, 1017));
    }
}
