import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Prints, from the reports of Surefire and Failsafe, how many tests ran and which were skipped for what reason. */
final class SkippedTests {
    private SkippedTests() {}

    public static void main(String[] args) throws Exception {
        int tests = 0;
        int skipped = 0;
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        for (Path report : reports(Path.of(args[0]))) {
            NodeList cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                tests++;
                if (test.getElementsByTagName("skipped").item(0) instanceof Element skip) {
                    skipped++;
                    String type = test.getAttribute("classname");
                    System.out.println(
                            type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name") + ": " + reason(skip));
                }
            }
        }
        System.out.println(tests + " tests, " + skipped + " skipped");
    }

    /** A condition's reason is an attribute; an assumption's is the first line of a stack trace, after the exception's name. */
    private static String reason(Element skip) {
        String reason = skip.getAttribute("message");
        if (reason.isBlank()) {
            reason = skip.getTextContent().lines().findFirst().orElse("").replaceFirst("^[\\w.$]+Exception: ", "");
        }
        return reason.isBlank() ? "no reason given" : reason;
    }

    private static List<Path> reports(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 4)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .filter(file -> file.getParent().getFileName().toString().matches("(surefire|failsafe)-reports"))
                    .sorted()
                    .toList();
        }
    }
}
