package dev.wattline.bench;

import dev.wattline.bench.spine.BenchFigure;
import dev.wattline.bench.spine.Part;
import dev.wattline.bench.spine.Spine;
import dev.wattline.bench.spine.SpineRequest;
import java.io.IOException;
import java.util.List;

/** The measurement's spine, one table: ours, the reference's where it is at hand, and what is asked for. */
final class SpineBenchmark implements Benchmark {

    @Override
    public String name() {
        return "spine";
    }

    @Override
    public String about() {
        return "analyzers, samples, transfers, and the runner beside a workload; against the reference with --peer";
    }

    @Override
    public String usage() {
        return "[--peer DIR] [PART...], parts: "
                + String.join(" ", Spine.PARTS.stream().map(Part::name).toList());
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        Spine spine = new Spine(SpineRequest.parse(arguments));
        List<BenchFigure> figures = spine.measure();
        ResultTable table = new ResultTable(spine.title(), BenchFigure.HEADINGS.toArray(String[]::new));
        figures.forEach(figure -> table.row(figure.cells().toArray()));
        return table;
    }
}
