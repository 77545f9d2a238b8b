package dev.wattline.mock.ptd;

import java.util.List;

/**
 * The virtual sum channel of PTDaemon 1.10.0 and later: watts are added, volts and amps averaged, and the power factor
 * follows from the sums of active and reactive power. If a channel is bad, so is the sum.
 */
final class SumChannel {

    private SumChannel() {}

    static Quadruple of(List<Quadruple> channels) {
        double watts = 0;
        double volts = 0;
        double amps = 0;
        double reactive = 0;
        for (Quadruple channel : channels) {
            if (!channel.valid()) {
                return channel.missed() ? Quadruple.MISSED : Quadruple.ERROR;
            }
            double pf = channel.value(MeasuredQuantity.PF);
            double v = channel.value(MeasuredQuantity.VOLTS);
            double a = channel.value(MeasuredQuantity.AMPS);
            watts += channel.wattsValue();
            volts += v;
            amps += a;
            reactive += v * a * Math.sqrt(Math.max(0, 1 - pf * pf));
        }
        double apparent = Math.hypot(watts, reactive);
        return Quadruple.of(
                watts, volts / channels.size(), amps / channels.size(), apparent == 0 ? 0 : watts / apparent);
    }
}
