package dev.wattline.mock.ptd;

import java.util.ArrayList;
import java.util.List;

/**
 * How PTDaemon cuts an {@code RL} reply into sends. Pieces (a row's begin with the first quadruple, then each channel's
 * quadruple, CRLF with the last) are collected and sent as soon as they exceed {@value #SEND_ABOVE} bytes; the header
 * goes with the first send and does not count. A send may so end in the middle of a row. This rule gives every boundary
 * of 68 recorded replies.
 */
final class RowChunks {
    static final int SEND_ABOVE = 930;

    private RowChunks() {}

    static List<String> of(String header, List<String> rows) {
        List<String> chunks = new ArrayList<>();
        StringBuilder buffer = new StringBuilder(header).append("\r\n");
        int headerLength = buffer.length();
        for (String row : rows) {
            int from = 0;
            while (from < row.length()) {
                int end = pieceEnd(row, from);
                buffer.append(row, from, end);
                if (end == row.length()) {
                    buffer.append("\r\n");
                }
                from = end;
                if (buffer.length() - headerLength > SEND_ABOVE) {
                    chunks.add(buffer.toString());
                    buffer.setLength(0);
                    headerLength = 0;
                }
            }
        }
        if (buffer.length() > 0) {
            chunks.add(buffer.toString());
        }
        return chunks;
    }

    private static int pieceEnd(String row, int from) {
        int own = row.indexOf(",Watts,", from);
        int next = own < 0 ? -1 : row.indexOf(",Watts,", own + 1);
        return next < 0 ? row.length() : next;
    }
}
