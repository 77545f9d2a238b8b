package dev.wattline.ptd;

/**
 * A reply as it came, without line ends.
 *
 * @param line its first line, most often the only one
 * @param samples the rows behind that line; empty for a reply of one line
 */
public record PtdReply(String line, SampleRows samples) {

    /** Whether the first line announced rows, be it none. */
    public boolean hasRows() {
        return samples.announced();
    }
}
