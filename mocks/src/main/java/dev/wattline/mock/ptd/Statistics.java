package dev.wattline.mock.ptd;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The counters of a measurement, for the sum or only channel and for each further channel. */
final class Statistics {
    private final List<Map<MeasuredQuantity, WattsTally>> groups = new ArrayList<>();
    private final List<UncertaintyTally> uncertainties = new ArrayList<>();
    private final UncertaintyModel model;

    /**
     * @param channels measured channels behind the sum; 0 for a single-channel analyzer
     */
    Statistics(UncertaintyModel model, int channels) {
        this.model = model;
        for (int i = 0; i <= channels; i++) {
            Map<MeasuredQuantity, WattsTally> tallies = new EnumMap<>(MeasuredQuantity.class);
            for (MeasuredQuantity quantity : MeasuredQuantity.values()) {
                tallies.put(quantity, new WattsTally());
            }
            groups.add(tallies);
            uncertainties.add(new UncertaintyTally());
        }
    }

    void add(Sample sample) {
        List<Quadruple> readings = sample.groups();
        for (int i = 0; i < groups.size(); i++) {
            Quadruple reading = readings.get(i);
            groups.get(i).forEach((quantity, tally) -> tally.add(reading.value(quantity), reading.valid()));
            uncertainties.get(i).add(i == 0 ? model.ofSum(sample) : model.ofChannel(i - 1, reading));
        }
    }

    int groups() {
        return groups.size();
    }

    /** The statistics of a quantity in one group, 0 for the sum or only channel. */
    WattsTally of(MeasuredQuantity quantity, int group) {
        WattsTally tally = groups.get(group).get(quantity);
        if (tally == null) {
            throw new IllegalStateException("no statistics of " + quantity);
        }
        return tally;
    }

    UncertaintyTally uncertainty(int group) {
        return uncertainties.get(group);
    }
}
