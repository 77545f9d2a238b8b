package dev.wattline.report.ledger;

import static dev.wattline.report.ledger.FiguresPage.number;

import dev.wattline.ledger.figure.FigureContent;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a figure as tables of a page. */
final class FigureTables {
    private FigureTables() {}

    static Table of(String name, FigureContent content) {
        List<List<String>> rows = new ArrayList<>();
        List<Table.Column> columns = List.of();
        if (content instanceof FigureContent.Trend trend) {
            columns = Table.columns(
                    "Series",
                    "Round",
                    "Date",
                    "#n",
                    "#Round's best, " + trend.unit(),
                    "#Best so far",
                    "#Plotted",
                    "Best",
                    "System",
                    "Source");
            trend.series()
                    .forEach(series -> series.points()
                            .forEach(point -> rows.add(List.of(
                                    series.name(),
                                    point.version(),
                                    point.date(),
                                    String.valueOf(point.n()),
                                    number(point.rawMax()),
                                    number(point.runningMax()),
                                    number(point.normalized()),
                                    point.bestId(),
                                    point.bestSystem(),
                                    point.source()))));
        } else if (content instanceof FigureContent.Extremes extremes) {
            columns = Table.columns(
                    "Scale", "#n", "#Lost", "#Least, W", "Least is", "#Greatest, W", "Greatest is", "#Plotted, W");
            extremes.ranges()
                    .forEach(range -> rows.add(List.of(
                            range.scale().replace('_', ' '),
                            String.valueOf(range.n()),
                            String.valueOf(range.dropped()),
                            number(range.min().watts()),
                            extreme(range.min()),
                            number(range.max().watts()),
                            extreme(range.max()),
                            number(range.plottedMax()))));
        } else if (content instanceof FigureContent.Histogram histogram) {
            columns = Table.columns(
                    "What", "From", "To", "System", "#Before, 1/J", "#After, 1/J", "#Change, %", "Source");
            histogram
                    .changes()
                    .forEach(change -> rows.add(List.of(
                            change.what(),
                            change.from(),
                            change.to(),
                            change.system(),
                            number(change.before()),
                            number(change.after()),
                            number(change.percent()),
                            change.source())));
        } else if (content instanceof FigureContent.Energies energies) {
            columns = Table.columns(
                    "#Accelerators",
                    "#Nodes, MJ",
                    "#Switches, MJ",
                    "#Time, min",
                    "#Least run, MJ",
                    "#Greatest run, MJ",
                    "#Runs",
                    "Source");
            energies.sizes()
                    .forEach(size -> rows.add(List.of(
                            String.valueOf(size.accelerators()),
                            number(size.computeMJ()),
                            number(size.interconnectMJ()),
                            number(size.minutes()),
                            number(size.lowMJ()),
                            number(size.highMJ()),
                            String.valueOf(size.runs()),
                            size.source())));
        } else if (content instanceof FigureContent.Workloads workloads) {
            columns = Table.columns("Workload", "Scale", "Kind", "#J/sample", "#MAC", "Source");
            workloads
                    .workloads()
                    .forEach(workload -> rows.add(List.of(
                            workload.name(),
                            workload.scale(),
                            workload.kind(),
                            number(workload.joulesPerSample()),
                            number(workload.macs()),
                            workload.source())));
        } else if (content instanceof FigureContent.Groups groups) {
            List<String> heads = new ArrayList<>(List.of("Round", "Submission", "System"));
            groups.names().forEach(value -> heads.add("#" + value));
            heads.add("Source");
            columns = Table.columns(heads.toArray(String[]::new));
            groups.groups().forEach(group -> {
                List<String> row = new ArrayList<>(List.of(group.version(), group.id(), group.system()));
                groups.names().forEach(value -> row.add(number(group.values().get(value))));
                row.add(group.source());
                rows.add(row);
            });
        }
        return new Table(name + ", numbers: " + rows.size() + " rows", columns, rows, false);
    }

    private static String extreme(FigureContent.Extreme extreme) {
        return (extreme.id() + " " + extreme.model() + " " + extreme.scenario()).strip();
    }
}
