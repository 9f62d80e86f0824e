package io.mcpcrew.crew.playbook;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Works one task by its playbook. What it says holds only what a tool of this turn or the tenant
/// said.
public final class PlaybookRun {
  /// A number that is zero is as good as not there: nobody is told "we have 0".
  private static final Mustache.Compiler TEMPLATES =
      Mustache.compiler().escapeHTML(false).defaultValue("").zeroIsFalse(true);

  /// How a task ended.
  public sealed interface Result {
    /// @param used what was said of what, for the knowledge of others
    record Say(String text, List<Map<String, Object>> used) implements Result {}

    /// A person must take over; the reason is for that person.
    record Person(String reason) implements Result {}

    record Silence(String reason) implements Result {}
  }

  /// Calls a capability at a place of the turn.
  @FunctionalInterface
  public interface CallCapability {
    Answered call(String path, String capability, Map<String, Object> arguments);
  }

  private final Turn turn;
  private final Tenant tenant;
  private final CallCapability tools;

  public PlaybookRun(Turn turn, Tenant tenant, CallCapability tools) {
    this.turn = turn;
    this.tenant = tenant;
    this.tools = tools;
  }

  public Result run(Playbook playbook, Task task) {
    Map<String, Object> facts = facts(task);
    String needs = playbook.needs();
    if (needs != null && !facts.containsKey(needs)) {
      return ask(playbook, facts);
    }
    Optional<String> known = known(playbook);
    if (known.isPresent()) {
      return new Result.Say(known.get(), List.of());
    }
    Playbook.Call call = playbook.call();
    if (call != null) {
      return called(playbook, call, facts);
    }
    return said(playbook.reply().always(), facts, List.of()).orElseGet(() -> otherwise(playbook));
  }

  private Map<String, Object> facts(Task task) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("company", tenant.document().name());
    turn.memory().forEach((Slot slot) -> facts.put(slot.name(), slot.value().readable()));
    task.entities().forEach((Entity e) -> facts.put(e.kind(), e.value().readable()));
    return facts;
  }

  private Result ask(Playbook playbook, Map<String, Object> facts) {
    return said(playbook.ask(), facts, List.of()).orElseGet(() -> otherwise(playbook));
  }

  private Optional<String> known(Playbook playbook) {
    return tenant.document().answers().stream()
        .filter(answer -> answer.intent().equals(playbook.known()))
        .map(Tenant.KnownAnswer::text)
        .findFirst();
  }

  private Result called(Playbook playbook, Playbook.Call call, Map<String, Object> facts) {
    Answered answer =
        tools.call(playbook.name() + "/1/1", call.capability(), arguments(call, facts));
    return switch (answer) {
      case Answered.Failed(String reason) -> new Result.Person(reason);
      case Answered.Declined(String reason) -> new Result.Person(reason);
      case Answered.Result(Map<String, Object> structured) -> {
        Object found = Objects.requireNonNullElse(structured.get(call.rows()), List.of());
        List<Map<String, Object>> rows = Rows.of(found, turn.language());
        facts.put("rows", rows);
        yield said(reply(playbook, rows.size()), facts, rows).orElseGet(() -> otherwise(playbook));
      }
    };
  }

  /// Entities where the arguments name them; a number stays a number.
  private static Map<String, Object> arguments(Playbook.Call call, Map<String, Object> facts) {
    Map<String, Object> arguments = new TreeMap<>();
    call.with()
        .forEach((name, value) -> {
          if (value.startsWith("{") && value.endsWith("}")) {
            arguments.put(name, facts.getOrDefault(value.substring(1, value.length() - 1), ""));
          } else if (value.matches("\\d{1,9}")) {
            arguments.put(name, Integer.parseInt(value));
          } else {
            arguments.put(name, value);
          }
        });
    return arguments;
  }

  private static @Nullable Map<String, String> reply(Playbook playbook, int found) {
    Playbook.Reply reply = playbook.reply();
    return switch (found) {
      case 0 -> reply.none();
      case 1 -> reply.one();
      default -> reply.many();
    };
  }

  private Optional<Result> said(
      @Nullable Map<String, String> texts,
      Map<String, Object> facts,
      List<Map<String, Object>> used) {
    if (texts == null) {
      return Optional.empty();
    }
    String template = texts.getOrDefault(turn.language(), texts.get("pt"));
    if (template == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Result.Say(TEMPLATES.compile(template).execute(facts).strip(), used));
    } catch (MustacheException e) {
      return Optional.of(new Result.Person("a template is wrong: " + e.getMessage()));
    }
  }

  private static Result otherwise(Playbook playbook) {
    return "silence".equals(playbook.otherwise())
        ? new Result.Silence("nothing to say to " + playbook.name())
        : new Result.Person("nobody knows an answer to " + playbook.name());
  }
}
