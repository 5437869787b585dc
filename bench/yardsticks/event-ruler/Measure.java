import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** Matches events against patterns once the machine is warm, and prints [matches, events in a second of processor time]. */
class Measure {
  public static void main(String[] arguments) throws Exception {
    List<String> events = Files.readAllLines(Path.of(arguments[0]));
    Machine machine = new Machine();
    int count = 0;
    for (String pattern : Files.readAllLines(Path.of(arguments[1]))) {
      machine.addRule("rule-" + count++, pattern);
    }
    double warmup = Double.parseDouble(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);

    long matches = 0;
    for (String event : events) {
      matches += machine.rulesForJSONEvent(event).size();
    }
    repeat(machine, events, warmup);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    long times = repeat(machine, events, seconds);
    System.out.println("[" + matches + "," + times * 1e9 / (threads.getCurrentThreadCpuTime() - before) + "]");
  }

  private static long repeat(Machine machine, List<String> events, double seconds) throws Exception {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long times = 0;
    do {
      for (int index = 0; index < 100; index++) {
        machine.rulesForJSONEvent(events.get((int) (times++ % events.size())));
      }
    } while (System.nanoTime() < end);
    return times;
  }
}
