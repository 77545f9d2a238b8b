package dev.wattline.mock.ptd;

import dev.wattline.mock.InvalidOptionException;
import java.util.List;

/** How many channels are measured, from the device and its {@code -c} option, whose meaning differs between devices. */
final class Channels {
    private static final int MOST = 3;

    private Channels() {}

    /**
     * @return 1 for a single-channel device, whose {@code -c} only says which one
     * @throws InvalidOptionException if a multichannel device is given channels it cannot have
     */
    static int measured(DeviceProfile profile, List<Integer> option) {
        if (!profile.type().multichannel()) {
            return 1;
        }
        // WT330: first channel, number of channels. WT500: number of channels, or the same pair.
        int count = option.isEmpty() ? MOST : option.get(option.size() - 1);
        int first = option.size() == 2 ? option.get(0) : 1;
        if (option.size() > 2 || first + count - 1 > MOST) {
            throw new InvalidOptionException(
                    "-c: expected at most channel " + MOST + " of the device, got " + option,
                    "Give the first channel and the number of channels, such as 1,2.");
        }
        return count;
    }
}
