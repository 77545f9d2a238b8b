package dev.wattline.bench.spine;

import java.io.IOException;
import java.util.List;

/** One group of figures. */
public interface Part {

    /** Its name on the command line. */
    String name();

    /** Measures; the peer too where there is one. */
    List<BenchFigure> measure(SpineContext around) throws IOException, InterruptedException;
}
