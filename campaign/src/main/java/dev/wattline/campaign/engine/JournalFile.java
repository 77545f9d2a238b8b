package dev.wattline.campaign.engine;

import dev.wattline.campaign.CampaignException;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal in a file. A line that a crash cut does not count, and is cut off before the next one is written. */
public final class JournalFile implements CampaignJournal {
    private final Path file;

    public JournalFile(Path file) {
        this.file = file;
    }

    @Override
    public List<JournalEntry> entries() {
        try {
            List<JournalEntry> all = new ArrayList<>();
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') { // before it is decoded: a crash may have cut a character
                end--;
            }
            int number = 0;
            for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n", -1)) {
                number++;
                if (!line.isEmpty()) {
                    Optional<JournalEntry> entry = JournalEntry.parse(line);
                    if (entry.isEmpty()) {
                        throw new CampaignException(
                                file + ", line " + number + ": is no line of a campaign's journal: '" + line + "'",
                                "Somebody has changed it: put back what it was, or begin a campaign of another name.",
                                null);
                    }
                    all.add(entry.get());
                }
            }
            return all;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new CampaignException("cannot read " + file + ": " + IoErrors.of(e), null, e);
        }
    }

    @Override
    public void append(JournalEntry entry) {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            // Until it is closed, for 'campaign retry' may add its lines while 'campaign run' adds its own.
            var unused = out.getChannel().lock();
            long end = out.length();
            boolean created = end == 0;
            while (end > 0) {
                out.seek(end - 1);
                if (out.read() == '\n') {
                    break;
                }
                end--;
            }
            out.setLength(end);
            out.seek(end);
            try {
                out.write((entry.text() + "\n").getBytes(StandardCharsets.UTF_8));
                out.getFD().sync();
            } catch (IOException e) {
                out.setLength(end); // it is tried again, and must not be there twice
                throw e;
            }
            if (created) {
                DurableFile.syncFolder(file);
            }
        } catch (IOException e) {
            throw new CampaignException("cannot write " + file + ": " + IoErrors.of(e), "Free some space.", e);
        }
    }
}
