package dev.wattline.mock.ptd;

import dev.wattline.mock.InvalidOptionException;
import java.util.List;
import java.util.stream.Collectors;

/** How many channels are measured, from the device and its {@code -c} option, whose meaning differs between devices. */
final class Channels {
    private static final int MOST = 3;
    private static final String PAIR =
            "Give the first channel and the number of channels, such as 1,2; for a WT500 the number alone.";

    private Channels() {}

    /**
     * @return 1 for a single-channel device, whose {@code -c} only says which one
     * @throws InvalidOptionException if the device cannot have these channels
     */
    static int measured(DeviceProfile profile, List<Integer> option) {
        if (!profile.type().multichannel()) {
            if (option.size() > 1) {
                throw new InvalidOptionException(
                        "-c: expected the number of one channel for a device with one, got " + text(option), null);
            }
            return 1;
        }
        // WT330: first channel, number of channels. WT500: number of channels, or the same pair.
        int count = option.isEmpty() ? MOST : option.get(option.size() - 1);
        int first = option.size() == 2 ? option.get(0) : 1;
        if (option.size() > 2) {
            throw new InvalidOptionException("-c: expected at most two numbers, got " + text(option), PAIR);
        }
        if (first + count - 1 > MOST) {
            throw new InvalidOptionException("-c: expected no channel above " + MOST + ", got " + text(option), PAIR);
        }
        return count;
    }

    private static String text(List<Integer> option) {
        return option.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
