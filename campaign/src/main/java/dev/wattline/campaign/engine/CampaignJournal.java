package dev.wattline.campaign.engine;

import dev.wattline.campaign.CampaignException;
import java.util.List;

/** A campaign's journal: lines that are only ever added. */
public interface CampaignJournal {
    /** All lines, as they are now. */
    List<JournalEntry> entries();

    /**
     * Adds a line; when this returns it will be there after a power loss.
     *
     * @throws CampaignException if it cannot be written; nothing of it is there then
     */
    void append(JournalEntry entry);
}
