package dev.wattline.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignLine.Begun;
import dev.wattline.campaign.engine.CampaignLine.Done;
import dev.wattline.campaign.engine.CampaignLine.Paused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private static final JournalEntry BEGUN = new JournalEntry(Instant.EPOCH, new Begun(7, 48));
    private static final JournalEntry PAUSED = new JournalEntry(Instant.EPOCH, new Paused("61 °C ± 2 °C"));
    private static final JournalEntry DONE = new JournalEntry(Instant.EPOCH, new Done());

    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private JournalFile journal = new JournalFile(file);

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("journal.log");
        journal = new JournalFile(file);
    }

    @Test
    void aLineThatACrashCutAtAnyByteDoesNotCountAndIsReplaced() throws IOException {
        journal.append(BEGUN);
        int whole = (int) Files.size(file);
        journal.append(PAUSED);
        byte[] both = Files.readAllBytes(file);

        for (int cut = whole; cut < both.length; cut++) {
            Files.write(file, Arrays.copyOf(both, cut));
            assertThat(journal.entries()).as("cut after %d bytes", cut).containsExactly(BEGUN);
            journal.append(DONE);
            assertThat(journal.entries()).as("cut after %d bytes", cut).containsExactly(BEGUN, DONE);
        }
        Files.write(file, both);
        assertThat(journal.entries()).containsExactly(BEGUN, PAUSED);
    }

    @Test
    void thereIsNoLineBeforeTheFirst() {
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        journal.append(BEGUN);
        Files.writeString(file, Files.readString(file) + "edited by hand\n", StandardCharsets.UTF_8);

        assertThatThrownBy(journal::entries)
                .isInstanceOf(CampaignException.class)
                .hasMessageContaining(file + ", line 2");
    }
}
