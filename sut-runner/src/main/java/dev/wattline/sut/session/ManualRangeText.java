package dev.wattline.sut.session;

import dev.wattline.model.PythonFloat;
import dev.wattline.protocol.ControlRequest.ManualRange;
import dev.wattline.sut.session.RunRequest.ManualRanges;

/** Manual ranges as the reference client writes them: as Python writes a float. */
final class ManualRangeText {
    private ManualRangeText() {}

    static ManualRange of(ManualRanges ranges) {
        return new ManualRange(PythonFloat.repr(ranges.volts()), PythonFloat.repr(ranges.amps()));
    }
}
