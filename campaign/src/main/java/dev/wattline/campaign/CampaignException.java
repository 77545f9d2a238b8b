package dev.wattline.campaign;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A campaign cannot go on as asked. */
public class CampaignException extends WattlineException {
    /** Creates one. */
    public CampaignException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
