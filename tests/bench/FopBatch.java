import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.fop.apps.FOUserAgent;
import org.apache.fop.apps.Fop;
import org.apache.fop.apps.FopConfParser;
import org.apache.fop.apps.FopFactory;

/**
 * FopBatch FONTS FO OUT.pdf BASE N - sets one FO N times in one process, as Apache FOP's documentation
 * advises for many documents: factory and fonts once, tagged PDF/A-3a.
 */
public class FopBatch {
    private static final String FACES[][] = {
        { "Regular", "normal" }, { "Medium", "500" }, { "Semibold", "600" }, { "Semibold", "bold" },
    };

    private static String configuration(String fonts) {
        StringBuilder s = new StringBuilder("<fop version='1.0'><accessibility>true</accessibility>"
            + "<renderers><renderer mime='application/pdf'><pdf-a-mode>PDF/A-3a</pdf-a-mode><fonts>");
        for (String[] face : FACES) {
            s.append("<font embed-url='").append(new File(fonts, "SourceSans3-" + face[0] + ".ttf").toURI())
             .append("' embedding-mode='subset'><font-triplet name='Source Sans 3' style='normal' weight='")
             .append(face[1]).append("'/></font>");
        }
        return s.append("</fonts></renderer></renderers></fop>").toString();
    }

    public static void main(String[] args) throws Exception {
        File fonts = new File(args[0]), fo = new File(args[1]);
        File conf = File.createTempFile("fop", ".xconf");
        byte[] bytes = Files.readAllBytes(fo.toPath());
        TransformerFactory transformers = TransformerFactory.newInstance();

        Files.write(conf.toPath(), configuration(fonts.getAbsolutePath()).getBytes(StandardCharsets.UTF_8));
        FopFactory factory = new FopConfParser(conf, new File(args[3]).toURI()).getFopFactoryBuilder()
            .setStrictFOValidation(false).build();
        conf.delete();
        for (int i = 0; i < Integer.parseInt(args[4]); i++) {
            FOUserAgent agent = factory.newFOUserAgent();
            agent.getEventBroadcaster().addEventListener(event -> { });
            try (OutputStream out = new BufferedOutputStream(new FileOutputStream(args[2]))) {
                Fop fop = factory.newFop("application/pdf", agent, out);
                transformers.newTransformer().transform(
                    new StreamSource(new java.io.ByteArrayInputStream(bytes)), new SAXResult(fop.getDefaultHandler()));
            }
        }
    }
}
