import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Prints what License.java of docs/verify/java.md decides on each line of cases.tsv. */
class Drive {
    public static void main(String[] arguments) throws IOException {
        long released = 0;
        long leeway = 0;
        Set<String> withdrawn = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("settings.tsv"))) {
            String[] row = line.split("\t");
            switch (row[0]) {
                case "released" -> released = Long.parseLong(row[1]);
                case "leeway" -> leeway = Long.parseLong(row[1]);
                default -> withdrawn.add(row[1]);
            }
        }
        for (String line : Files.readAllLines(Path.of("cases.tsv"))) {
            String[] row = line.split("\t");
            var settings = new License.Settings(
                    License.ISSUER, License.AUDIENCE, leeway, released, row[3].equals("1"),
                    withdrawn);
            String keys = Files.readString(Path.of(row[1]));
            String text = Files.readString(Path.of(row[4]));
            License license = License.decide(text, keys, Long.parseLong(row[2]), settings);
            String id = license.state() == License.State.INVALID ? "-" : license.id();
            System.out.println(row[0] + "\t" + license.state() + "\t" + id);
        }
    }
}
