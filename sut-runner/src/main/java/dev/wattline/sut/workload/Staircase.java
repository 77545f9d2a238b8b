package dev.wattline.sut.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The loads of a calibration, one after the other: idle and full, long enough for the fans; crossed levels of cards and
 * processors in shuffled order, so that neither looks like the other, nor like time; edges; and at its end levels that are
 * kept back to test what the others gave.
 *
 * @param steps the loads in their order
 */
public record Staircase(List<Step> steps) {
    private static final double[] GPU_LEVELS = {0, 0.25, 0.5, 0.75, 1};
    private static final double[] CPU_LEVELS = {0, 0.5, 1};
    private static final int EDGES = 4;
    private static final int EDGE_S = 12;

    public Staircase {
        steps = List.copyOf(steps);
    }

    /** All cards of a step. */
    public static final int ALL = -1;

    /**
     * One load.
     *
     * @param name what it is for
     * @param seconds how long it lasts
     * @param gpu share of the cards' full load, 0 to 1
     * @param cpu share of the processors' full load, 0 to 1
     * @param card index of the only card that is loaded, or {@link #ALL}
     * @param holdOut whether it is kept back to test the calibration
     */
    public record Step(String name, int seconds, double gpu, double cpu, int card, boolean holdOut) {}

    /** How long a staircase is. */
    public enum Length {
        /** Seven minutes; what changes from day to day is taken for half as much again. */
        QUICK,
        /** Twenty-three minutes. */
        FULL,
        /** Twenty-nine minutes: longer levels, half of the error. */
        THOROUGH
    }

    /**
     * @param cards how many cards are loaded each by itself; 0 where none is loaded
     * @param gpus whether cards are loaded at all
     * @param seed of the levels' order
     */
    public static Staircase of(Length length, boolean gpus, int cards, long seed) {
        Random random = new Random(seed);
        return new Staircase(length == Length.QUICK ? quick(gpus, random) : full(length, gpus, cards, random));
    }

    private static List<Step> full(Length length, boolean gpus, int cards, Random random) {
        List<Step> steps = new ArrayList<>();
        int level = length == Length.THOROUGH ? 60 : 36;
        steps.add(step("idle", 90, 0, 0));
        steps.add(step("full", 150, gpus ? 1 : 0, gpus ? 0 : 1));
        steps.add(step("idle", 60, 0, 0));
        List<Step> levels = new ArrayList<>();
        for (double gpu : gpus ? GPU_LEVELS : new double[] {0}) {
            for (double cpu : gpus ? CPU_LEVELS : GPU_LEVELS) {
                levels.add(step("level", level, gpu, cpu));
            }
        }
        Collections.shuffle(levels, random);
        steps.addAll(levels);
        steps.add(step("idle", 60, 0, 0));
        steps.add(step("full", 150, gpus ? 1 : 0, 1));
        steps.add(step("level", 45, gpus ? 0.6 : 0, 0.3));
        for (int card = 0; cards > 1 && card < cards; card++) {
            steps.add(new Step("card", 18, 1, 0, card, false));
        }
        edges(steps, gpus);
        holdOut(steps, 160, gpus, random);
        return steps;
    }

    private static List<Step> quick(boolean gpus, Random random) {
        List<Step> steps = new ArrayList<>();
        steps.add(step("idle", 40, 0, 0));
        steps.add(step("full", 60, gpus ? 1 : 0, 1));
        double[] gpuCorners = gpus ? new double[] {0.3, 0.8} : new double[] {0};
        List<Step> corners = new ArrayList<>();
        for (double gpu : gpuCorners) {
            for (double cpu : new double[] {0.1, 0.6}) {
                corners.add(step("level", 30, gpu, cpu));
            }
        }
        corners.add(step("level", 30, gpus ? 1 : 0, gpus ? 0 : 0.3));
        corners.add(step("level", 30, 0, 1));
        Collections.shuffle(corners, random);
        steps.addAll(corners);
        edges(steps, gpus);
        holdOut(steps, 60, gpus, random);
        return steps;
    }

    private static void edges(List<Step> steps, boolean gpus) {
        for (int i = 0; i < EDGES; i++) {
            steps.add(step("edge", EDGE_S, gpus ? 1 : 0, gpus ? 0 : 1));
            steps.add(step("edge", EDGE_S, 0, 0));
        }
    }

    private static void holdOut(List<Step> steps, int seconds, boolean gpus, Random random) {
        for (int left = seconds; left > 0; left -= 20) {
            double gpu = gpus ? Math.round(20 * random.nextDouble()) / 20.0 : 0;
            double cpu = Math.round(20 * random.nextDouble()) / 20.0;
            steps.add(new Step("hold-out", Math.min(20, left), gpu, cpu, ALL, true));
        }
    }

    private static Step step(String name, int seconds, double gpu, double cpu) {
        return new Step(name, seconds, gpu, cpu, ALL, false);
    }

    /** How long it lasts, in s. */
    public int seconds() {
        return steps.stream().mapToInt(Step::seconds).sum();
    }
}
