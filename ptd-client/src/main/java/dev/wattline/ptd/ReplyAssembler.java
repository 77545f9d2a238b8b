package dev.wattline.ptd;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Puts the lines of one reply together. Knows no channel and no clock; for use by one thread. */
final class ReplyAssembler {
    private final ReplyShape shape;
    private final PtdOptions limits;
    private @Nullable String firstLine;
    private int expectedRows;
    private final SampleRows.Builder rows = new SampleRows.Builder();

    ReplyAssembler(ReplyShape shape, PtdOptions limits) {
        this.shape = shape;
        this.limits = limits;
    }

    /**
     * Takes the next line, without its end.
     *
     * @return the reply once it is complete
     * @throws BrokenReplyException if the reply breaks a limit
     */
    Optional<PtdReply> accept(ByteBuf line) throws BrokenReplyException {
        if (firstLine == null) {
            return first(text(line));
        }
        rows.add(line);
        if (rows.bytes() > limits.maxReplyBytes()) {
            throw new BrokenReplyException("more than " + limits.maxReplyBytes() + " bytes of rows");
        }
        return rows.size() < expectedRows
                ? Optional.empty()
                : Optional.of(new PtdReply(firstLine, rows.build(firstLine)));
    }

    private Optional<PtdReply> first(String line) throws BrokenReplyException {
        firstLine = line;
        OptionalInt announced = shape.rowsBehind(line);
        if (announced.isEmpty()) {
            return Optional.of(new PtdReply(line, SampleRows.none()));
        }
        expectedRows = announced.getAsInt();
        if (expectedRows > limits.maxSamples()) {
            throw new BrokenReplyException(
                    Excerpt.of(line) + " announces more than the " + limits.maxSamples() + " samples allowed");
        }
        return expectedRows == 0 ? Optional.of(new PtdReply(line, SampleRows.empty(line))) : Optional.empty();
    }

    /** Whether the header has come and rows are missing. */
    boolean awaitsRows() {
        return firstLine != null && rows.size() < expectedRows;
    }

    /** What has come so far, as a clause for the message of a timeout. */
    String progress() {
        return firstLine == null
                ? ""
                : ": only " + rows.size() + " of " + expectedRows + " rows came behind " + Excerpt.of(firstLine);
    }

    /** Malformed UTF-8 becomes U+FFFD: a bad byte must fail no measurement. */
    static String text(ByteBuf line) {
        return line.toString(StandardCharsets.UTF_8);
    }

    /** A reply that must not be read on. */
    static final class BrokenReplyException extends Exception {
        private final String problem;

        BrokenReplyException(String problem) {
            super(problem);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }
}
