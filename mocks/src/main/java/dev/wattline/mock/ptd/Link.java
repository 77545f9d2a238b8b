package dev.wattline.mock.ptd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The connection to the one client being served. */
interface Link {

    /** Sends what can be sent now; what is left in the buffer is sent by another call when the link is writable. */
    void send(ByteBuffer bytes) throws IOException;

    /** Ends the connection; {@code reset} throws away what is on its way. */
    void close(boolean reset);
}
