package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleRowsTest {
    private static final String SINGLE =
            "Time,07-23-2024 13:28:10.096,Watts,167.300000,Volts,118.600000,Amps,1.623000,PF,0.869000";

    @Test
    void rowsAreKeptVerbatimAndParsedOnlyWhenAskedFor() {
        SampleRows rows = rows(List.of(SINGLE, "", "no row at all ", SINGLE + " "));
        assertThat(rows.rows()).containsExactly(SINGLE, "", "no row at all ", SINGLE + " ");
        assertThat(rows.sample(0).reading().watts()).isEqualTo(167.3);
        assertThat(rows.sample(3)).isEqualTo(rows.sample(0));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.sample(2)).withMessageContaining("field 1");
        assertThatIllegalArgumentException().isThrownBy(() -> rows.samples().toList());
    }

    @Test
    void rowsAcrossManyChunksAndALongOneAreAllThere() {
        List<String> texts = IntStream.range(0, 5_000)
                .mapToObj(i -> i % 1_000 == 0 ? "long " + i + "x".repeat(1_200_000) : i + ":" + "y".repeat(i % 900))
                .toList();
        assertThat(rows(texts).rows()).isEqualTo(texts);
    }

    @Test
    void thereIsNoRowBehindTheLast() {
        SampleRows rows = rows(List.of(SINGLE));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> rows.row(1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> rows.row(-1));
    }

    private static SampleRows rows(List<String> texts) {
        SampleRows.Builder builder = new SampleRows.Builder();
        texts.forEach(
                text -> builder.add(ByteBufUtil.writeUtf8(Unpooled.buffer().alloc(), text)));
        return builder.build("Last " + texts.size() + " samples");
    }
}
