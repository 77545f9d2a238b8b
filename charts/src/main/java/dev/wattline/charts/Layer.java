package dev.wattline.charts;

import java.util.List;

/** Something that a {@link Chart} shows. A new kind of mark is a new implementation. */
public interface Layer {
    /** Draws it. */
    void draw(Canvas canvas);

    /**
     * A point in the units of the axes.
     *
     * @param y NaN where there is none: a line is interrupted there
     * @param text its numbers, for a reader who points at it; empty for none
     */
    record Point(double x, double y, String text) {
        public Point(double x, double y) {
            this(x, y, "");
        }
    }

    /** From one value to another at a place on the horizontal axis. */
    record Span(double x, double low, double high) {}

    /**
     * A line through points.
     *
     * @param label what it is
     * @param role its colour: {@code first}, {@code second} or {@code third}
     */
    record Line(String label, String role, List<Point> points) implements Layer {
        public Line {
            points = List.copyOf(points);
        }

        @Override
        public void draw(Canvas canvas) {
            StringBuilder path = new StringBuilder();
            boolean open = false;
            for (Point point : points) {
                boolean known = !Double.isNaN(point.y());
                if (known) {
                    path.append(open ? canvas.lineTo(point.x(), point.y()) : canvas.move(point.x(), point.y()));
                }
                open = known;
            }
            canvas.path("curve " + role, label, path.toString());
        }
    }

    /** A line that holds each value until the next one. */
    record Step(String label, String role, List<Point> points) implements Layer {
        public Step {
            points = List.copyOf(points);
        }

        @Override
        public void draw(Canvas canvas) {
            StringBuilder path = new StringBuilder();
            double last = Double.NaN;
            for (Point point : points) {
                if (!Double.isNaN(last)) {
                    path.append(canvas.lineTo(point.x(), last));
                }
                if (!Double.isNaN(point.y())) {
                    path.append(
                            Double.isNaN(last)
                                    ? canvas.move(point.x(), point.y())
                                    : canvas.lineTo(point.x(), point.y()));
                }
                last = point.y();
            }
            canvas.path("curve " + role, label, path.toString());
        }
    }

    /** The area between the lower and the upper ends of spans. */
    record Band(String label, String role, List<Span> spans) implements Layer {
        public Band {
            spans = List.copyOf(spans);
        }

        @Override
        public void draw(Canvas canvas) {
            StringBuilder path = new StringBuilder();
            for (Span span : spans) {
                path.append(path.isEmpty() ? canvas.move(span.x(), span.high()) : canvas.lineTo(span.x(), span.high()));
            }
            for (int i = spans.size() - 1; i >= 0; i--) {
                path.append(canvas.lineTo(spans.get(i).x(), spans.get(i).low()));
            }
            canvas.path(
                    "area " + role,
                    label,
                    path.isEmpty() ? "" : path.append('Z').toString());
        }
    }

    /** A vertical stroke from zero to each point, as for counts. */
    record Strokes(String label, String role, List<Point> points) implements Layer {
        public Strokes {
            points = List.copyOf(points);
        }

        @Override
        public void draw(Canvas canvas) {
            StringBuilder path = new StringBuilder();
            for (Point point : points) {
                path.append(canvas.move(point.x(), 0)).append(canvas.lineTo(point.x(), point.y()));
            }
            canvas.path("curve " + role, label, path.toString());
        }
    }

    /**
     * A bar.
     *
     * @param from where it begins on the horizontal axis
     * @param to where it ends there
     * @param low its lower end; 0 or below on a logarithmic axis begins at the axis
     * @param high its upper end
     */
    record Bar(double from, double to, double low, double high, String text) {}

    /** Upright bars: of a histogram, in groups, or one upon another. */
    record Bars(String role, List<Bar> bars) implements Layer {
        public Bars {
            bars = List.copyOf(bars);
        }

        @Override
        public void draw(Canvas canvas) {
            for (Bar bar : bars) {
                double left = canvas.x(bar.from());
                double top = canvas.y(Math.max(bar.low(), bar.high()));
                double bottom = canvas.y(Math.min(bar.low(), bar.high()));
                canvas.rectangle("bar " + role, left, top, canvas.x(bar.to()) - left, bottom - top, bar.text());
            }
        }
    }

    /**
     * An interval at each place, with strokes at its ends.
     *
     * @param reach how far the strokes reach to both sides, in units of the horizontal axis
     */
    record Whiskers(List<Span> spans, double reach) implements Layer {
        public Whiskers {
            spans = List.copyOf(spans);
        }

        @Override
        public void draw(Canvas canvas) {
            for (Span span : spans) {
                double at = canvas.x(span.x());
                double left = canvas.x(span.x() - reach);
                double right = canvas.x(span.x() + reach);
                canvas.line("whisker", at, canvas.y(span.low()), at, canvas.y(span.high()));
                canvas.line("whisker", left, canvas.y(span.low()), right, canvas.y(span.low()));
                canvas.line("whisker", left, canvas.y(span.high()), right, canvas.y(span.high()));
            }
        }
    }

    /** A level line from side to side with a word. */
    record Level(double y, String label) implements Layer {
        @Override
        public void draw(Canvas canvas) {
            canvas.line("marker", 0, canvas.y(y), 100, canvas.y(y));
            if (!label.isEmpty()) {
                canvas.label("marker", 0, label);
            }
        }
    }

    /** A dot at each point that has a value. */
    record Dots(String role, List<Point> points) implements Layer {
        public Dots {
            points = List.copyOf(points);
        }

        @Override
        public void draw(Canvas canvas) {
            points.stream()
                    .filter(point -> !Double.isNaN(point.y()))
                    .forEach(point -> canvas.dot("point " + role, point.x(), point.y(), point.text()));
        }
    }

    /** A vertical line with a word; nothing where it lies outside of the axis. */
    record Mark(double x, String label) implements Layer {
        @Override
        public void draw(Canvas canvas) {
            if (canvas.holds(x)) {
                double at = canvas.x(x);
                canvas.line("marker", at, 0, at, canvas.height());
                if (!label.isEmpty()) {
                    canvas.label("marker", at, label);
                }
            }
        }
    }

    /** A shaded stretch of the horizontal axis, cut at its ends. */
    record Shade(double from, double to, String label) implements Layer {
        @Override
        public void draw(Canvas canvas) {
            double left = canvas.x(from);
            double width = canvas.x(to) - left;
            if (width > 0) {
                canvas.rectangle("shade", left, 0, width, canvas.height(), label);
            }
        }
    }
}
