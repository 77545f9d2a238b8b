package dev.wattline.mock.ptd;

/** Where the readings come from: computed from a signal, or played back. Used by the mock's thread only. */
interface SampleSource {

    /** A measurement begins. */
    void begin(String mark);

    /**
     * The reading of the next tick.
     *
     * @param fromSeconds begin of the window it covers, in seconds since the mock's start
     * @param toSeconds its end
     */
    Sample read(double fromSeconds, double toSeconds);

    /** What the analyzer shows outside a measurement; nothing is used up by it. */
    Sample current(double seconds);
}
