import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.runtime.RuntimeSingleton;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/** Renders a template for a message once the engine is warm, and prints [what it renders, renderings in a second of processor time]. */
public class Measure {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    String body = Files.readString(Path.of(arguments[1]));
    Map<?, ?> context = JSON.readValue(Path.of(arguments[2]).toFile(), Map.class);
    double warmup = Double.parseDouble(arguments[3]);
    double seconds = Double.parseDouble(arguments[4]);

    RuntimeSingleton.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    RuntimeSingleton.init();
    SimpleNode tree = RuntimeSingleton.getRuntimeServices().parse(Files.readString(Path.of(arguments[0])), "template");
    Template template = new Template();
    template.setRuntimeServices(RuntimeSingleton.getRuntimeServices());
    template.setData(tree);
    template.initDocument();

    repeat(template, body, context, warmup);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    long times = repeat(template, body, context, seconds);
    double rate = times * 1e9 / (threads.getCurrentThreadCpuTime() - before);
    System.out.println(JSON.writeValueAsString(new Object[] {render(template, body, context), rate}));
  }

  private static long repeat(Template template, String body, Map<?, ?> context, double seconds) throws Exception {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long times = 0;
    do {
      for (int index = 0; index < 100; index++) {
        render(template, body, context);
      }
      times += 100;
    } while (System.nanoTime() < end);
    return times;
  }

  private static String render(Template template, String body, Map<?, ?> context) throws Exception {
    VelocityContext variables = new VelocityContext();
    variables.put("context", context);
    variables.put("input", new Input(JSON.readValue(body, Map.class)));
    variables.put("util", new Util());
    StringWriter text = new StringWriter();
    template.merge(variables, text);
    return text.toString();
  }

  /** As much of API Gateway's own variables as the template takes. */
  public static final class Input {
    private final Map<?, ?> body;

    Input(Map<?, ?> body) {
      this.body = body;
    }

    public Object path(String expression) {
      return expression.equals("$") ? body : body.get(expression.substring(2));
    }
  }

  /** As much of `$util` as the template takes. */
  public static final class Util {
    public String escapeJavaScript(String text) {
      return StringEscapeUtils.escapeJavaScript(text);
    }
  }
}
