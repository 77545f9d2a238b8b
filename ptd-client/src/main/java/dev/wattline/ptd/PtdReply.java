package dev.wattline.ptd;

import java.util.Optional;

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

    /** The refusal that this reply is; empty if it is none. */
    public Optional<Rejection> rejection() {
        return hasRows() ? Optional.empty() : Rejection.of(line);
    }
}
