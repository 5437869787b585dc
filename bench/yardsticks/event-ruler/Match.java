import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.Ruler;

/** Answers pairs {id, pattern, event}, one a line, with what each of the two matchers in event-ruler says: {id, ruler, machine}, or {id, error}. */
class Match {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper json = new ObjectMapper();
    BufferedReader pairs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = pairs.readLine(); line != null; line = pairs.readLine()) {
      JsonNode pair = json.readTree(line);
      String pattern = pair.get("pattern").asText();
      String event = pair.get("event").asText();
      ObjectNode answer = json.createObjectNode();
      answer.set("id", pair.get("id"));
      try {
        Machine machine = new Machine();
        machine.addRule("rule", pattern);
        answer.put("machine", !machine.rulesForJSONEvent(event).isEmpty());
        answer.put("ruler", Ruler.matchesRule(event, pattern));
      } catch (Exception error) {
        answer.put("error", String.valueOf(error.getMessage()));
      }
      System.out.println(json.writeValueAsString(answer));
    }
  }
}
