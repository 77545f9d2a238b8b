package dev.wattline.bench.calibration;

import dev.wattline.analysis.calibration.Channel;
import dev.wattline.analysis.calibration.Channel.Seen;
import dev.wattline.analysis.calibration.NodeReadings;
import dev.wattline.analysis.calibration.PowerGrid;
import dev.wattline.simulation.machine.SimulatedMachine;
import dev.wattline.simulation.machine.SimulatedMachine.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** Which sources a machine has when it is used. */
public enum SourceSet {
    ALL("counter + RAPL + BMC", true, EnumSet.of(Seen.GPU, Seen.PACKAGE, Seen.DRAM)),
    RAPL("counter + RAPL", false, EnumSet.of(Seen.GPU, Seen.PACKAGE, Seen.DRAM)),
    OS("counter + os", false, EnumSet.of(Seen.GPU, Seen.ACTIVITY)),
    BMC("BMC alone", true, EnumSet.noneOf(Seen.class)),
    COUNTER("counter alone", false, EnumSet.of(Seen.GPU));

    private final String label;
    private final boolean hasNode;
    private final boolean gpu;
    private final boolean rapl;
    private final boolean activity;

    SourceSet(String label, boolean hasNode, EnumSet<Seen> seen) {
        this.label = label;
        this.hasNode = hasNode;
        this.gpu = seen.contains(Seen.GPU);
        this.rapl = seen.contains(Seen.PACKAGE);
        this.activity = seen.contains(Seen.ACTIVITY);
    }

    public String label() {
        return label;
    }

    /** What these sources would have told from a second on. */
    PowerGrid grid(SimulatedMachine machine, Shown shown, int from) {
        List<Channel> channels = new ArrayList<>();
        List<double[]> watts = new ArrayList<>();
        for (int i = 0; i < shown.cardsW().length; i++) {
            add(channels, watts, new Channel(Seen.GPU, "nvml", "GPU-" + i), shown.cardsW()[i]);
        }
        add(channels, watts, new Channel(Seen.PACKAGE, "rapl", "package"), shown.packageW());
        if (shown.memoryW().length > 0) {
            add(channels, watts, new Channel(Seen.DRAM, "rapl", "dram"), shown.memoryW());
        }
        double[] activity = Arrays.stream(shown.busy())
                .map(u -> PowerGrid.activityWatts(u, machine.sockets()))
                .toArray();
        add(channels, watts, new Channel(Seen.ACTIVITY, "os", "cpu"), activity);
        int first = 0;
        while (first < shown.bmcAtS().length && shown.bmcAtS()[first] < from) {
            first++;
        }
        List<NodeReadings> nodes = hasNode
                ? List.of(new NodeReadings(
                        "redfish",
                        "chassis-1",
                        Arrays.copyOfRange(shown.bmcAtS(), first, shown.bmcAtS().length),
                        Arrays.copyOfRange(shown.bmcW(), first, shown.bmcAtS().length)))
                : List.of();
        return new PowerGrid(channels, watts.toArray(double[][]::new), nodes).part(from, shown.wallW().length);
    }

    private void add(List<Channel> channels, List<double[]> watts, Channel channel, double[] series) {
        boolean has = switch (channel.seen()) {
            case GPU -> gpu;
            case PACKAGE, DRAM -> rapl;
            case ACTIVITY -> activity;
        };
        if (has) {
            channels.add(channel);
            watts.add(series);
        }
    }

    /** Everything that the machine has. */
    static PowerGrid everything(SimulatedMachine machine, Shown shown) {
        PowerGrid most = ALL.grid(machine, shown, 0);
        PowerGrid activity = OS.grid(machine, shown, 0);
        List<Channel> channels = new ArrayList<>(most.channels());
        List<double[]> watts = new ArrayList<>(Arrays.asList(most.watts()));
        for (int i = 0; i < activity.channels().size(); i++) {
            if (activity.channels().get(i).seen() == Seen.ACTIVITY) {
                channels.add(activity.channels().get(i));
                watts.add(activity.watts()[i]);
            }
        }
        return new PowerGrid(channels, watts.toArray(double[][]::new), most.nodes());
    }
}
