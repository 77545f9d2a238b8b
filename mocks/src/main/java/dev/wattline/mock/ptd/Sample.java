package dev.wattline.mock.ptd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the analyzer shows at one tick.
 *
 * @param sum the only channel of a single-channel analyzer, else the virtual sum channel
 * @param channels the channels of a multichannel analyzer, else empty
 */
record Sample(Quadruple sum, List<Quadruple> channels) {
    Sample {
        channels = List.copyOf(channels);
    }

    static Sample missed(int channels) {
        return new Sample(Quadruple.MISSED, Collections.nCopies(channels, Quadruple.MISSED));
    }

    /** The same sample with each measured reading replaced. */
    Sample with(UnaryOperator<Quadruple> change) {
        if (channels.isEmpty()) {
            return new Sample(change.apply(sum), channels);
        }
        List<Quadruple> changed = channels.stream()
                .map(channel -> channel.equals(Quadruple.UNUSED) ? channel : change.apply(channel))
                .toList();
        return new Sample(SumChannel.of(changed), changed);
    }

    /** All groups of a row, the sum first. */
    List<Quadruple> groups() {
        List<Quadruple> groups = new ArrayList<>(channels.size() + 1);
        groups.add(sum);
        groups.addAll(channels);
        return groups;
    }
}
