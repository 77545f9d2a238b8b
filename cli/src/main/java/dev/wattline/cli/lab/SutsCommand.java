package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.terminal.TextTable;
import dev.wattline.protocol.lab.LabMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wattline suts}: the measured machines of a lab. */
@Command(
        name = "suts",
        description =
                "List the machines whose agents are connected to a director, with what keeps one from being ready.",
        footer = {
            "",
            "Examples:",
            "  wattline suts                        on the director's machine",
            "  wattline suts -a power-lab.example --json"
        })
public final class SutsCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Override
    public Integer call() {
        console.ask(LabMessage.request("suts"), SutsCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(LabMessage answer) {
        List<List<String>> rows = new ArrayList<>();
        for (LabMessage sut : answer.objects("suts")) {
            rows.add(List.of(
                    sut.text("sut"),
                    sut.text("state"),
                    sut.text("job"),
                    String.join(", ", sut.list("workloads")),
                    sut.text("why")));
        }
        if (rows.isEmpty()) {
            System.out.println("no agent is connected");
        }
        TextTable.print(rows, rows.isEmpty() ? 0 : rows.get(0).size(), System.out::println);
    }
}
