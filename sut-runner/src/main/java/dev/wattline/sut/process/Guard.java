package dev.wattline.sut.process;

import dev.wattline.sut.SutException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A shell in a session of its own that blocks in a read on a pipe which only this JVM holds. When the pipe closes without
 * the word that releases it, for whatever reason the JVM ended, it ends a program: the program's process group if it has
 * one of its own, its descendants, and every process with the program's mark in its environment, wherever it went. They
 * get SIGTERM at once, and SIGKILL one second later. It ignores the terminal's signals and costs nothing while it waits.
 */
final class Guard {
    /** How long a program has between SIGTERM and SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final String RELEASE = "release\n";

    // POSIX but for the fraction of a second in sleep and grep's -z, which GNU, BSD and busybox take. Three lines come
    // by the pipe: the mark before the program is started, so that it is guarded from the first moment; the program's
    // number, its start and its group (0 for none) once they are known; the word. Its start tells it from a later
    // process that was given its number. Without /proc the group is all that can be found.
    private static final String SCRIPT = """
            trap '' INT QUIT TERM HUP TSTP
            IFS= read -r mark || exit 0
            root= start= group=0 word=
            read -r root start group
            read -r word
            [ "$word" = release ] && exit 0
            set -f
            known=" $root:$start "
            newline='
            '

            # Sets tree: the program, its group, the descendants of both, and what was in it before. What it finds is
            # known from then on by number and start, also when its parent is gone.
            find_tree() {
                tree=' ' others=
                IFS=$newline
                for line in $(set +f; grep -hs . /proc/[0-9]*/stat); do
                    IFS=' '
                    pid=${line%% *}
                    set -- ${line##*) } # state, parent, group, ... the 20th is the start
                    [ "$1" = Z ] && continue
                    [ "$pid" = "$root" ] && [ "${20}" != "$start" ] && group=0
                    case $known in
                        *" $pid:${20} "*) tree="$tree$pid " ;;
                        *)
                            if [ "$group" != 0 ] && [ "$3" = "$group" ]; then
                                tree="$tree$pid " known="$known$pid:${20} "
                            else
                                others="$others $pid:$2:${20}"
                            fi
                            ;;
                    esac
                done
                IFS=' '
                grew=1
                while [ -n "$grew" ]; do
                    grew=
                    for one in $others; do
                        pid=${one%%:*} parent=${one%:*}
                        case $tree in
                            *" $pid "*) ;;
                            *" ${parent#*:} "*) tree="$tree$pid " known="$known$pid:${one##*:} " grew=1 ;;
                        esac
                    done
                done
            }

            # Sets marked: what has the mark in its environment.
            find_marked() {
                marked=' '
                [ -n "$mark" ] || return 0
                IFS=$newline
                for file in $(set +f; grep -lszxF -e "$mark" /proc/[0-9]*/environ); do
                    pid=${file#/proc/}
                    marked="$marked${pid%/environ} "
                done
                IFS=' '
            }

            # Sends a signal to all of them, and sets found. Reading an environment can block on a process that hangs in
            # the kernel, so what is known without comes first.
            signal_all() {
                find_tree
                [ "$group" = 0 ] || kill -s "$1" -- "-$group"
                [ "$tree" = ' ' ] || kill -s "$1" $tree
                find_marked
                [ "$marked" = ' ' ] || kill -s "$1" $marked
                found="$tree$marked"
            }

            lives() {
                [ "$group" != 0 ] && kill -s 0 -- "-$group" && return 0
                for pid in $found; do
                    kill -s 0 "$pid" && return 0
                done
                return 1
            }

            exec 2>/dev/null
            signal_all TERM
            [ "$found" = '  ' ] || kill -s CONT $found # one that is stopped cannot end
            for pause in 0.05 0.1 0.15 0.2 0.25 0.25; do
                lives || break
                sleep "$pause"
            done
            i=0
            while signal_all KILL; [ "$found" != '  ' ] && [ "$i" -lt 20 ]; do sleep 0.05; i=$((i+1)); done
            exit 0
            """;

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    /**
     * Starts one for a program that is to be started.
     *
     * @param setsid the program of that name
     * @param mark a variable, {@code NAME=value}, that is in the environment of the program and no other; empty if none is
     * @throws SutException if that fails
     */
    static Guard start(Path setsid, String mark) {
        ProcessBuilder builder = new ProcessBuilder(setsid.toString(), "sh", "-c", SCRIPT, "wattline-guard")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        // It belongs to no workload, not even to one in which this JVM itself runs.
        builder.environment().remove(WorkloadVariables.SESSION);
        builder.environment().remove(WorkloadProcess.RUNNER_VARIABLE);
        builder.environment().remove(WorkloadProcess.WORKLOAD_VARIABLE);
        try {
            Guard guard = new Guard(builder.start());
            guard.tell(mark + "\n");
            return guard;
        } catch (IOException e) {
            throw new SutException(
                    "could not start sh: " + e.getMessage(), "Check that it is installed and on PATH.", e);
        }
    }

    /**
     * Tells it the program.
     *
     * @param hasGroup whether the program leads a process group, whose number is its process id
     */
    void watch(long pid, boolean hasGroup) {
        long start = ProcStat.of(pid).map(ProcStat::startTicks).orElse(0L);
        tell(pid + " " + start + " " + (hasGroup ? pid : 0) + "\n");
    }

    private void tell(String line) {
        try {
            OutputStream pipe = shell.getOutputStream();
            pipe.write(line.getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            throw new SutException("the guard of a started program ended: " + e.getMessage(), null, e);
        }
    }

    /** Leaves the program's processes as they are; false if the guard was gone. */
    boolean release() {
        return close(RELEASE);
    }

    /** Has it end the program's processes, and waits until it has; false if the guard was gone, and ended nothing. */
    boolean endProgram() {
        return close("");
    }

    private boolean close(String lastWord) {
        if (!shell.isAlive()) {
            return false;
        }
        try (OutputStream pipe = shell.getOutputStream()) {
            pipe.write(lastWord.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false; // somebody killed it
        }
        try {
            shell.waitFor(GRACE.multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
