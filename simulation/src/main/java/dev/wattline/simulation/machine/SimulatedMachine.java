package dev.wattline.simulation.machine;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A machine drawn at random: one to eight cards, one or two sockets, memory with or without a rail, regulators, supplies
 * with constant, linear and square losses, fans that follow power slowly, a management controller. What it draws at the wall
 * is computed second by second, and what its sources show of it.
 *
 * @param cards what each card draws at full load, in W
 * @param cardGains what each card's sensor shows of it
 * @param cardOffsetsW what it shows too much
 * @param socketsW what all packages draw at full load, in W
 * @param sockets how many there are
 * @param packageGain what their counters show of it
 * @param memoryW what memory draws at full traffic, in W
 * @param hasRail whether memory has a counter
 * @param memoryGain what that shows of it
 * @param regulator efficiency of the regulators of processors and memory
 * @param baseW board and disks, behind the supplies, in W
 * @param ratingW what the supplies are rated for, in W
 * @param lossConstant loss without load, as a share of the rating
 * @param lossLinear loss for each W
 * @param lossSquare loss at the rating by the square of the load, as a share of it
 * @param fanW what the fans draw at their highest, in W
 * @param fanExponent by which they follow
 * @param fanTauS how slowly, in s
 * @param fanCardShare how much of what they follow is the cards' power
 * @param counterLagS how far the cards' counters are behind, in s; below 0 ahead
 * @param baseDrift what changes of the base from day to day, standard deviation as a share of the highest power
 * @param bmc the management controller
 */
@SuppressWarnings("ArrayRecordComponent") // parameters, never compared
public record SimulatedMachine(
        double[] cards,
        double[] cardGains,
        double[] cardOffsetsW,
        double socketsW,
        int sockets,
        double packageGain,
        double memoryW,
        boolean hasRail,
        double memoryGain,
        double regulator,
        double baseW,
        double ratingW,
        double lossConstant,
        double lossLinear,
        double lossSquare,
        double fanW,
        double fanExponent,
        double fanTauS,
        double fanCardShare,
        double counterLagS,
        double baseDrift,
        Controller bmc) {
    private static final double CARD_IDLE = 0.12;
    private static final double PACKAGE_IDLE = 0.22;
    private static final double ACTIVITY_EXPONENT = 0.85;
    private static final double LEAKAGE = 0.03; // of a card's power, when it is warm
    private static final double LEAKAGE_TAU_S = 60;
    private static final double FAN_LEAST = 0.25; // of the highest

    /**
     * A management controller's meter.
     *
     * @param gain what it shows of the wall's power
     * @param offsetW what it shows too much
     * @param curvature at the rating, as a share of it
     * @param ripple of each reading, standard deviation as a share of the rating
     * @param windowS time that a reading is the mean over
     * @param holdS time between two readings
     * @param delayS age of a new reading
     * @param stepW least step
     */
    public record Controller(
            double gain,
            double offsetW,
            double curvature,
            double ripple,
            double windowS,
            double holdS,
            double delayS,
            double stepW) {}

    /**
     * How a day differs from the mean of days.
     *
     * @param sensors by how much each card's sensor shows more, as a share; the last is the packages'
     * @param baseW by how much the base draws more
     * @param fan by what the fans draw more, as a share
     * @param supply by how much more the supplies lose, as a share of the power
     * @param bmcGain by how much the controller shows more, as a share
     * @param meterGain by how much the meter shows more, as a share
     */
    @SuppressWarnings("ArrayRecordComponent") // parameters, never compared
    public record Day(double[] sensors, double baseW, double fan, double supply, double bmcGain, double meterGain) {}

    /**
     * What was drawn and what was shown.
     *
     * @param wallW power at the wall in each second
     * @param meterW what the meter shows of it
     * @param cardsW what each card's counter advances by
     * @param packageW what the packages' counters advance by
     * @param memoryW what the memory's does; empty without a rail
     * @param busy share of time that the processors were busy
     * @param bmcAtS when the controller was asked, each two seconds
     * @param bmcW what it said
     */
    @SuppressWarnings("ArrayRecordComponent") // series, never compared
    public record Shown(
            double[] wallW,
            double[] meterW,
            double[][] cardsW,
            double[] packageW,
            double[] memoryW,
            double[] busy,
            double[] bmcAtS,
            double[] bmcW) {}

    /** Draws one. */
    public static SimulatedMachine draw(SplittableRandom random) {
        RandomGenerator normal = random;
        int n = 1 + random.nextInt(8);
        double model = random.nextDouble(250, 700);
        double[] cards = new double[n];
        double[] gains = new double[n];
        double[] offsets = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            cards[i] = model * (1 + 0.02 * normal.nextGaussian());
            gains[i] = 0.993 + 0.035 * normal.nextGaussian();
            offsets[i] = -1.7 + 4 * normal.nextGaussian();
            all += cards[i];
        }
        int sockets = 1 + random.nextInt(2);
        double socketsW = sockets * random.nextDouble(125, 320);
        double memory = sockets * random.nextDouble(15, 50);
        double regulator = random.nextDouble(0.86, 0.93);
        double base = random.nextDouble(40, 120);
        double dc = all * (1 + LEAKAGE) + (socketsW + memory) / regulator + base;
        double fan = dc * random.nextDouble(0.01, 0.08);
        double rating = (dc + fan) / random.nextDouble(0.3, 0.9);
        Controller bmc = new Controller(
                1 + 0.025 * normal.nextGaussian(),
                3 * normal.nextGaussian(),
                0.004 * normal.nextGaussian(),
                0.003,
                Math.exp(random.nextDouble(0, Math.log(60))),
                random.nextDouble(1, 10),
                random.nextDouble(0.5, 5),
                1 + random.nextInt(8));
        return new SimulatedMachine(
                cards,
                gains,
                offsets,
                socketsW,
                sockets,
                1 + 0.03 * normal.nextGaussian(),
                memory,
                random.nextBoolean(),
                1 + 0.08 * normal.nextGaussian(),
                regulator,
                base,
                rating,
                random.nextDouble(0.005, 0.012),
                random.nextDouble(0.02, 0.04),
                random.nextDouble(0.01, 0.03),
                fan,
                random.nextDouble(1, 3),
                Math.exp(random.nextDouble(Math.log(5), Math.log(90))),
                random.nextDouble(0.3, 0.9),
                random.nextDouble(-0.25, 0.25),
                0.002 * Math.exp(0.5 * normal.nextGaussian()),
                bmc);
    }

    /** What it draws at the wall with everything at its highest, in W. */
    public double topW() {
        double all = 0;
        for (double card : cards) {
            all += card * (1 + LEAKAGE);
        }
        return wall(all + (socketsW + memoryW) / regulator + baseW + fanW, 0);
    }

    /** @param scale of what changes from day to day; 1 as assumed */
    public Day day(double scale, SplittableRandom random) {
        RandomGenerator normal = random;
        double[] sensors = new double[cards.length + 1];
        for (int i = 0; i < sensors.length; i++) {
            sensors[i] = 0.0015 * scale * normal.nextGaussian();
        }
        return new Day(
                sensors,
                baseDrift * topW() * scale * normal.nextGaussian(),
                0.06 * scale * normal.nextGaussian(), // inlet, some 3 % a kelvin
                0.001 * scale * normal.nextGaussian(),
                0.0015 * scale * normal.nextGaussian(),
                0.0005 * normal.nextGaussian());
    }

    private double wall(double dc, double supply) {
        return dc + lossConstant * ratingW + (lossLinear + supply) * dc + lossSquare * dc * dc / ratingW;
    }

    /** What a load on this day draws, and what is shown of it. */
    public Shown run(MachineLoad load, Day day, SplittableRandom random) {
        RandomGenerator normal = random;
        int n = load.seconds();
        int m = cards.length;
        double[] wall = new double[n];
        double[] meter = new double[n];
        double[][] cardTrue = new double[m][n];
        double[] packages = new double[n];
        double[] memory = new double[n];
        double[] busy = new double[n];
        double[] warm = new double[m];
        double followed = -1;
        double cardsTop = 0;
        for (double card : cards) {
            cardsTop += card;
        }
        for (int k = 0; k < n; k++) {
            double cardsNow = 0;
            for (int i = 0; i < m; i++) {
                double level = load.gpu()[i][k];
                double share = CARD_IDLE + (1 - CARD_IDLE) * level;
                warm[i] += (share - warm[i]) * (1 - Math.exp(-1 / LEAKAGE_TAU_S)) + (k == 0 ? share : 0);
                cardTrue[i][k] = cards[i] * share * (1 + LEAKAGE * warm[i]);
                cardsNow += cardTrue[i][k];
            }
            double u = load.cpu()[k];
            double watts = socketsW
                    * (PACKAGE_IDLE + (1 - PACKAGE_IDLE) * Math.pow(u, ACTIVITY_EXPONENT) * load.wattsPerBusy());
            double memoryNow = memoryW * (0.3 + 0.7 * load.memory()[k]);
            double follow = fanCardShare * cardsNow / cardsTop + (1 - fanCardShare) * watts / socketsW;
            followed = followed < 0 ? follow : followed + (follow - followed) * (1 - Math.exp(-1 / fanTauS));
            double fans = fanW * (FAN_LEAST + (1 - FAN_LEAST) * Math.pow(followed, fanExponent)) * (1 + day.fan());
            double dc = cardsNow + (watts + memoryNow) / regulator + baseW + day.baseW() + fans;
            dc *= 1 + load.unseenShare();
            wall[k] = wall(dc, day.supply());
            meter[k] = wall[k] * (1 + day.meterGain() + 0.0005 * normal.nextGaussian());
            packages[k] = watts * packageGain * (1 + day.sensors()[m]) * (1 + 0.002 * normal.nextGaussian());
            memory[k] = memoryNow * memoryGain * (1 + 0.002 * normal.nextGaussian());
            busy[k] = Math.max(0, Math.min(1, u + 0.003 * normal.nextGaussian()));
        }
        double[][] shown = new double[m][];
        for (int i = 0; i < m; i++) {
            shown[i] = late(cardTrue[i]);
            for (int k = 0; k < n; k++) {
                shown[i][k] = shown[i][k] * cardGains[i] * (1 + day.sensors()[i])
                        + cardOffsetsW[i]
                        + 0.3 * normal.nextGaussian();
            }
        }
        double[] asked = new double[Math.max(0, (n - 1) / 2)];
        double[] said = told(wall, asked, day, random);
        return new Shown(wall, meter, shown, packages, hasRail ? memory : new double[0], busy, asked, said);
    }

    /** Energy in each second as a counter that is behind shows it. */
    private double[] late(double[] power) {
        double[] shown = new double[power.length];
        double share = Math.abs(counterLagS);
        for (int k = 0; k < power.length; k++) {
            int other = Math.max(0, Math.min(power.length - 1, counterLagS > 0 ? k - 1 : k + 1));
            shown[k] = power[k] * (1 - share) + power[other] * share;
        }
        return shown;
    }

    private double[] told(double[] wall, double[] asked, Day day, SplittableRandom random) {
        RandomGenerator normal = random;
        double[] energy = new double[wall.length + 1];
        for (int k = 0; k < wall.length; k++) {
            energy[k + 1] = energy[k] + wall[k];
        }
        double phase = random.nextDouble() * bmc.holdS;
        double renewedAt = Double.NEGATIVE_INFINITY;
        double held = 0;
        double[] said = new double[asked.length];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = 2 * i + 1.5;
            double renewed = Math.floor((asked[i] - phase) / bmc.holdS) * bmc.holdS + phase;
            if (renewed > renewedAt) {
                renewedAt = renewed;
                double end = renewed - bmc.delayS;
                double mean = (at(energy, end) - at(energy, end - bmc.windowS)) / bmc.windowS;
                double raw = bmc.offsetW
                        + mean * bmc.gain * (1 + day.bmcGain())
                        + bmc.curvature * mean * mean / ratingW
                        + bmc.ripple * ratingW * normal.nextGaussian();
                held = Math.round(raw / bmc.stepW) * bmc.stepW;
            }
            said[i] = held;
        }
        return said;
    }

    /** Energy up to a moment; before the first second the machine drew what it drew then. */
    private static double at(double[] energy, double second) {
        if (second <= 0) {
            return second * energy[1];
        }
        int k = (int) Math.min(energy.length - 2, Math.floor(second));
        return energy[k] + (second - k) * (energy[k + 1] - energy[k]);
    }
}
