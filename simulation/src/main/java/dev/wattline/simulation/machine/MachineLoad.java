package dev.wattline.simulation.machine;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a machine is asked to do, second by second.
 *
 * @param gpu of each card the share of its full load, 0 to 1
 * @param cpu share of the processors' full load, 0 to 1
 * @param memory share of the memory's full traffic, 0 to 1
 * @param wattsPerBusy what the processors draw for the same activity, relative to the staircase's load
 * @param unseenShare what no source sees, as a share of the power behind the supplies
 */
@SuppressWarnings("ArrayRecordComponent") // series, never compared
public record MachineLoad(double[][] gpu, double[] cpu, double[] memory, double wattsPerBusy, double unseenShare) {
    /** How many seconds it lasts. */
    public int seconds() {
        return cpu.length;
    }

    /** A load that nobody has filled yet: all of it idle. */
    public static MachineLoad blank(int cards, int seconds, double wattsPerBusy, double unseenShare) {
        return new MachineLoad(
                new double[cards][seconds], new double[seconds], new double[seconds], wattsPerBusy, unseenShare);
    }

    /** Sets all cards and the processors from one second up to another. */
    public void set(int from, int to, double gpuLevel, double cpuLevel) {
        for (double[] card : gpu) {
            Arrays.fill(card, Math.min(from, card.length), Math.min(to, card.length), gpuLevel);
        }
        Arrays.fill(cpu, Math.min(from, cpu.length), Math.min(to, cpu.length), cpuLevel);
    }

    /** Memory as loads of the staircase's kind use it. */
    public void usualMemory() {
        for (int k = 0; k < memory.length; k++) {
            double cards = 0;
            for (double[] card : gpu) {
                cards += card[k] / gpu.length;
            }
            memory[k] = 0.2 + 0.6 * cpu[k] + 0.2 * cards;
        }
    }

    /** Random steps of cards and processors, as in the staircase, after idling for some time. */
    public static MachineLoad sameKind(int cards, int idleS, int seconds, SplittableRandom random) {
        MachineLoad load = blank(cards, idleS + seconds, 1, 0);
        for (int at = idleS; at < idleS + seconds; ) {
            int length = 12 + random.nextInt(30);
            load.set(at, at + length, random.nextDouble(), random.nextDouble() < 0.3 ? 0 : random.nextDouble());
            at += length;
        }
        load.usualMemory();
        return load;
    }

    /**
     * A load of another kind: periodic, uneven over the cards, half of which rest in some, with other instructions, other
     * use of memory, and something that no source sees.
     *
     * @param mostUnseen highest share of the power behind the supplies that no source sees
     */
    public static MachineLoad otherKind(int cards, int idleS, int seconds, double mostUnseen, SplittableRandom random) {
        MachineLoad load = blank(cards, idleS + seconds, random.nextDouble(0.7, 1.1), mostUnseen * random.nextDouble());
        double period = Math.exp(random.nextDouble(Math.log(2), Math.log(40)));
        double duty = random.nextDouble(0.4, 0.95);
        double high = random.nextDouble(0.6, 1);
        double low = random.nextDouble(0, 0.6);
        double cpuMean = random.nextDouble();
        double cpuSwing = random.nextDouble() * Math.min(cpuMean, 1 - cpuMean);
        double memoryScale = random.nextDouble(0.5, 1.5);
        boolean rests = cards > 1 && random.nextDouble() < 0.3;
        double[] share = new double[cards];
        for (int i = 0; i < cards; i++) {
            share[i] = rests && i % 2 == 1 ? 0 : random.nextDouble(0.7, 1);
        }
        for (int k = idleS; k < idleS + seconds; k++) {
            boolean on = ((k - idleS) / period) % 1 < duty;
            for (int i = 0; i < cards; i++) {
                load.gpu[i][k] = share[i] * (on ? high : low);
            }
            load.cpu[k] = cpuMean + (on ? cpuSwing : -cpuSwing);
        }
        load.usualMemory();
        for (int k = 0; k < load.memory.length; k++) {
            load.memory[k] = Math.min(1, load.memory[k] * memoryScale);
        }
        return load;
    }
}
