package dev.wattline.protocol.time;

import dev.wattline.protocol.HostPort;

/** Sets this machine's clock. Wattline never does so unless it is told to by {@code --set-clock} or the configuration. */
public interface ClockSetter {
    /**
     * Sets the clock to this server's.
     *
     * @throws ClockException if that fails
     */
    void set(HostPort server);
}
