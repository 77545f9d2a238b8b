package dev.wattline.ptd;

/**
 * How to speak to a PTDaemon.
 *
 * @param deadlines how long to wait for what
 * @param maxLineBytes longest line accepted, in bytes without its end
 * @param maxSamples most rows that a reply may announce
 * @param maxReplyBytes most bytes of rows that a reply may hold
 */
public record PtdOptions(PtdDeadlines deadlines, int maxLineBytes, int maxSamples, long maxReplyBytes) {
    /** 64 KiB. A row of three channels has about 350 bytes. */
    public static final int DEFAULT_MAX_LINE_BYTES = 64 * 1024;

    /** Twice the 500 000 samples that PTDaemon itself keeps. */
    public static final int DEFAULT_MAX_SAMPLES = 1_000_000;

    /** 512 MiB. */
    public static final long DEFAULT_MAX_REPLY_BYTES = 512L * 1024 * 1024;

    /** The defaults above and {@link PtdDeadlines#DEFAULT}. */
    public static final PtdOptions DEFAULT =
            new PtdOptions(PtdDeadlines.DEFAULT, DEFAULT_MAX_LINE_BYTES, DEFAULT_MAX_SAMPLES, DEFAULT_MAX_REPLY_BYTES);

    public PtdOptions {
        if (maxLineBytes < 1 || maxSamples < 1 || maxReplyBytes < 1) {
            throw new IllegalArgumentException("expected limits of at least 1, got " + maxLineBytes + " bytes a line, "
                    + maxSamples + " samples and " + maxReplyBytes + " bytes a reply");
        }
    }

    /** These options with other deadlines. */
    public PtdOptions withDeadlines(PtdDeadlines other) {
        return new PtdOptions(other, maxLineBytes, maxSamples, maxReplyBytes);
    }
}
