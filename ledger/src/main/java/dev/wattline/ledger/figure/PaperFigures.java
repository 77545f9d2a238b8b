package dev.wattline.ledger.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The figures of the MLPerf Power paper (arXiv 2410.12032) that data are published for. */
public final class PaperFigures {
    private static final Map<String, Function<FigureSources, PaperFigure>> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("1", LiteralFigure::of);
        FIGURES.put("2", sources -> new ExtremesFigure(sources).figure());
        FIGURES.put("5a", sources -> new TrendFigures(sources).inference("5a", "datacenter"));
        FIGURES.put("5b", sources -> new TrendFigures(sources).inference("5b", "edge"));
        FIGURES.put("5c", sources -> new TrendFigures(sources).tiny());
        FIGURES.put("6", TrainingFigure::of);
        FIGURES.put("7", sources -> new LookupFigures(sources).workloads());
        FIGURES.put("8", sources -> new HistogramFigures(sources).accuracy());
        FIGURES.put("9", sources -> new LookupFigures(sources).quantization());
        FIGURES.put("10", sources -> new HistogramFigures(sources).software());
        FIGURES.put("11a", sources -> new LookupFigures(sources).optimization());
    }

    private PaperFigures() {}

    /** Their numbers in the paper, in its order. */
    public static List<String> ids() {
        return List.copyOf(FIGURES.keySet());
    }

    /**
     * Computes a figure; what the input does not hold is null in it.
     *
     * @throws IllegalArgumentException if there is no figure of this number
     */
    public static PaperFigure compute(String id, FigureSources sources) {
        Function<FigureSources, PaperFigure> figure = FIGURES.get(id);
        if (figure == null) {
            throw new IllegalArgumentException("there is no figure " + id);
        }
        return figure.apply(sources);
    }
}
