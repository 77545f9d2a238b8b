package dev.wattline.campaign.engine;

import java.util.List;

/** A campaign's journal: lines that are only ever added. */
public interface CampaignJournal {
    /** All lines, as they are now. */
    List<JournalEntry> entries();

    /** Adds a line; when this returns it will be there after a power loss. */
    void append(JournalEntry entry);
}
