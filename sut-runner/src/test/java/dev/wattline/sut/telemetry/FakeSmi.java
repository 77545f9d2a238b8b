package dev.wattline.sut.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A shell script that answers as nvidia-smi does: its help, one query, and a loop that writes rows until it is ended. */
public final class FakeSmi {
    private FakeSmi() {}

    /**
     * Writes the script.
     *
     * @param names the cards' names
     * @param average what the cards say to power.draw.average, a number or {@code [N/A]}
     * @param loop what the shell does instead of writing a row in each round, such as {@code :}
     */
    public static Path write(Path folder, String[] names, String average, String loop) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            rows.append("  row ").append(i).append(" '").append(names[i]).append("'\n");
        }
        String script = """
                #!/bin/sh
                row() {
                    out=
                    for field in $fields; do
                        case $field in
                            timestamp) v=$(date +'%%Y/%%m/%%d %%H:%%M:%%S.%%3N') ;;
                            index) v=$1 ;;
                            uuid) v=GPU-0000000$1 ;;
                            name) v=$2 ;;
                            power.draw.average) v='%s' ;;
                            power.draw*) v=70.25 ;;
                            driver_version) v=535.54.03 ;;
                            temperature.memory) v='[N/A]' ;;
                            clocks_throttle_reasons.active) echo "Field \\"$field\\" is not a valid field to query."; exit 2 ;;
                            *) v=1 ;;
                        esac
                        out="$out${out:+, }$v"
                    done
                    echo "$out"
                }
                rows() {
                %s}
                case $1 in
                    --help-query-gpu)
                        echo 'List of valid properties to query for the switch "--query-gpu=":'
                        for field in timestamp driver_version index uuid name power.draw power.draw.average \\
                            power.draw.instant temperature.memory clocks_throttle_reasons.active; do
                            printf '"%%s"\\nWhat "power.unknown" means.\\n\\n' $field
                        done
                        printf '"clocks.current.sm" or "clocks.sm"\\n'
                        exit 0 ;;
                    --query-gpu=*) fields=$(echo "${1#*=}" | tr ',' ' ') ;;
                    *) echo "Invalid combination of input arguments." ; exit 1 ;;
                esac
                case $3 in
                    -lms)
                        echo "${1#*=}" | sed 's/,/, /g'
                        while :; do %s; rows; sleep 0.0$4; done ;;
                    *) rows ;;
                esac
                """.formatted(average, rows, loop);
        Path file = Files.writeString(folder.resolve("nvidia-smi"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
