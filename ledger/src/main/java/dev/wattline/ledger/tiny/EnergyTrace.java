package dev.wattline.ledger.tiny;

import dev.wattline.ledger.LedgerException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The energy trace that EEMBC's runner writes, {@code trace1-energy.bin}: a byte 0xF1, the sample rate in Hz as a float32,
 * little-endian, then one such float32 a sample, the energy of the sample in microjoule.
 *
 * @param rateHz samples a second
 * @param cumulative energy of the first so many samples, uJ; one element more than there are samples
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record EnergyTrace(double rateHz, double[] cumulative) {
    private static final int TYPE = 0xF1;
    private static final int FLOAT = 4;
    private static final long MAX_BYTES = 1L << 28; // 18 hours at 1 kHz

    /**
     * Reads a trace.
     *
     * @throws LedgerException if it has another form; the message says what was expected
     * @throws IOException if it cannot be read
     */
    static EnergyTrace read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw broken(file, "has " + size + " bytes, more than " + MAX_BYTES);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            int type = in.readUnsignedByte();
            if (type != TYPE) {
                throw broken(file, "begins with byte 0x" + Integer.toHexString(type) + " instead of 0xf1");
            }
            double rate = Float.intBitsToFloat(Integer.reverseBytes(in.readInt()));
            if (!(rate > 0) || Double.isInfinite(rate)) {
                throw broken(file, "has a sample rate of " + rate + " Hz");
            }
            ByteBuffer samples = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            double[] cumulative = new double[samples.remaining() / FLOAT + 1];
            for (int i = 1; i < cumulative.length; i++) {
                cumulative[i] = cumulative[i - 1] + samples.getFloat();
            }
            return new EnergyTrace(rate, cumulative);
        } catch (EOFException e) {
            throw broken(file, "ends within its first five bytes");
        }
    }

    private static LedgerException broken(Path file, String what) {
        return new LedgerException(
                file + " " + what,
                "Expected an energy trace: a byte 0xf1, the rate in Hz and the samples in uJ as float32, little-endian.",
                null);
    }

    int samples() {
        return cumulative.length - 1;
    }

    /** Energy from one second of the trace to another, uJ; NaN where the trace does not reach that far. */
    double energyMicrojoules(double fromSeconds, double toSeconds) {
        double from = Math.rint(fromSeconds * rateHz);
        double to = Math.rint(toSeconds * rateHz);
        if (!(from >= 0 && from <= to && to <= samples())) {
            return Double.NaN;
        }
        return cumulative[(int) to] - cumulative[(int) from];
    }
}
