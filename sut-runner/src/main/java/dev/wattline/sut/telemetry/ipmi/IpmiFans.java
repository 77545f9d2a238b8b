package dev.wattline.sut.telemetry.ipmi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fans as {@code ipmitool sdr type Fan} lists them, a row each: {@code FAN1 | 30h | ok | 29.1 | 5400 RPM}. The third column
 * is {@code ns} where there is no reading, and one of {@code nc}, {@code cr} and {@code nr} where a limit is passed, as of a
 * fan that stands still.
 */
final class IpmiFans {
    private static final Pattern ROW = Pattern.compile(
            "(?mi)^\\s*([^|\\r\\n]{1,64}?)\\s*\\|\\s*[0-9a-f]{1,3}h\\s*\\|\\s*(\\w{1,4})\\s*\\|[^|\\r\\n]*\\|\\s*([^|\\r\\n]*)$");
    private static final Pattern SPEED =
            Pattern.compile("^(\\d{1,6}(?:\\.\\d{1,6})?)\\s*(RPM|percent|%)", Pattern.CASE_INSENSITIVE);

    private IpmiFans() {}

    /**
     * A fan.
     *
     * @param value its speed as printed; empty where there is no reading
     * @param unit {@code rpm} or {@code percent}; empty where there is no reading
     */
    record Fan(String name, String value, String unit) {}

    static List<Fan> of(String output) {
        List<Fan> fans = new ArrayList<>();
        Matcher row = ROW.matcher(output);
        while (row.find()) {
            Matcher speed = SPEED.matcher(row.group(3).strip());
            boolean read = !row.group(2).equalsIgnoreCase("ns") && speed.find();
            String unit = !read ? "" : speed.group(2).equalsIgnoreCase("rpm") ? "rpm" : "percent";
            fans.add(new Fan(row.group(1), read ? speed.group(1) : "", unit));
        }
        return fans;
    }
}
