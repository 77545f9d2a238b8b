package dev.wattline.analysis.calibration.json;

import dev.wattline.analysis.calibration.Cooling.Course;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Writes what fans and temperatures were. */
public final class CoolingJson {
    private CoolingJson() {}

    /** Adds a key for each sensor. */
    public static void put(ObjectNode node, Map<String, Course> courses) {
        courses.forEach((name, course) -> node.putObject(name)
                .put("low", course.low())
                .put("mean", course.mean())
                .put("high", course.high()));
    }
}
