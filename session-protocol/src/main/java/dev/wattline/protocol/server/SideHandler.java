package dev.wattline.protocol.server;

/** Who gets the lines of a {@link SideConnection}; called on the network thread, must not block. */
public interface SideHandler {
    /** A line came. */
    void line(String line);

    /** The connection is gone; nothing more comes. */
    void lost(LostCause cause);
}
