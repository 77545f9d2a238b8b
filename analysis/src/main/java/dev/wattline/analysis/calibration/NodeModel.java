package dev.wattline.analysis.calibration;

/**
 * What a management controller shows of the power at the wall: {@code q0 + q1 F + q2 F^2 / top}, F the mean over its window,
 * some seconds ago. Of one session.
 *
 * @param source such as {@code redfish}
 * @param entity such as a chassis
 * @param q the coefficients in W, 1 and 1
 * @param v their covariance
 * @param windowS time that a reading is the mean over, in s
 * @param delayS how old the end of that time is when the reading is taken, in s, what it is held for included
 * @param topWallW highest power at the wall in the calibration, in W
 * @param lowWallW lowest, in W
 * @param residualSdW standard deviation of the readings about this, in W
 * @param structuralSdW what this form is off by, standard deviation in W at the wall
 * @param holdOut how it did on what it had not seen
 */
@SuppressWarnings("ArrayRecordComponent") // coefficients, never compared
public record NodeModel(
        String source,
        String entity,
        double[] q,
        double[][] v,
        double windowS,
        double delayS,
        double topWallW,
        double lowWallW,
        double residualSdW,
        double structuralSdW,
        HoldOut holdOut) {
    private static final int NEWTON_STEPS = 20;

    NodeModel with(HoldOut trial) {
        return new NodeModel(
                source, entity, q, v, windowS, delayS, topWallW, lowWallW, residualSdW, structuralSdW, trial);
    }

    /** Regressors of a power at the wall. */
    double[] row(double wallW) {
        return new double[] {1, wallW, wallW * wallW / topWallW};
    }

    /** How much a reading rises for a W at the wall. */
    double slope(double wallW) {
        return q[1] + 2 * q[2] * wallW / topWallW;
    }

    /** Power at the wall that this reading stands for, in W. */
    double wall(double reading) {
        double wall = (reading - q[0]) / q[1];
        for (int i = 0; i < NEWTON_STEPS; i++) {
            double error = q[0] + q[1] * wall + q[2] * wall * wall / topWallW - reading;
            wall -= error / slope(wall);
        }
        return wall;
    }

    /** Variance of {@link #wall} by the coefficients, in W^2. */
    double variance(double wallW) {
        double slope = slope(wallW);
        return Ridge.quadratic(v, row(wallW)) / (slope * slope);
    }
}
