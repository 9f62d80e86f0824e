package io.mcpcrew.local.scenario;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Holds what came of a message against what was expected of it; says in a sentence what is
/// otherwise.
final class Expectation {
  private final Scenario.Said said;
  private final String reply;
  private final List<String> failures;

  Expectation(Scenario.Said said, String reply, List<String> failures) {
    this.said = said;
    this.reply = reply;
    this.failures = failures;
  }

  Expectation intent(String found) {
    if (said.intent() != null && !said.intent().equals(found)) {
      fail("was understood as " + found + " and not as " + said.intent());
    }
    return this;
  }

  Expectation calls(List<String> called) {
    if (said.calls() != null && !said.calls().equals(called)) {
      fail("called %s and not %s".formatted(called, said.calls()));
    }
    return this;
  }

  /// Who expects no write says nothing of it: a write that nobody expects fails.
  Expectation writes(List<Map<String, Object>> written) {
    Map<String, Object> wanted = said.wrote();
    if (wanted == null) {
      if (!written.isEmpty()) {
        fail("wrote, which was not expected: " + written);
      }
      return this;
    }
    boolean found =
        written.stream()
            .anyMatch(w ->
                wanted.entrySet().stream()
                    .allMatch(e ->
                        String.valueOf(w.get(e.getKey())).equals(String.valueOf(e.getValue()))));
    if (!found || written.size() != 1) {
      fail("wrote %s and not once %s".formatted(written, wanted));
    }
    return this;
  }

  Expectation texts() {
    String folded = World.folded(reply);
    for (String wanted : Objects.requireNonNullElse(said.reply(), List.<String>of())) {
      if (!folded.contains(World.folded(wanted))) {
        fail("the reply lacks “%s”".formatted(wanted));
      }
    }
    for (String unwanted : Objects.requireNonNullElse(said.lacks(), List.<String>of())) {
      if (folded.contains(World.folded(unwanted))) {
        fail("the reply holds “%s”".formatted(unwanted));
      }
    }
    if (said.asks() != null && said.asks() != reply.strip().endsWith("?")) {
      fail(said.asks() ? "the reply asks nothing" : "the reply asks");
    }
    return this;
  }

  Expectation silent(boolean silent) {
    boolean wanted = Boolean.TRUE.equals(said.silent());
    if (silent != wanted) {
      fail(silent ? "nothing was said" : "something was said");
    }
    return this;
  }

  Expectation handsOver(boolean over) {
    return handsOver(over, "");
  }

  Expectation handsOver(boolean over, String reason) {
    boolean wanted = Boolean.TRUE.equals(said.handsOver());
    if (over != wanted) {
      fail(over ? "a person was called: " + reason : "no person was called");
    }
    return this;
  }

  private void fail(String what) {
    String told = reply.isEmpty() ? "" : "\n      reply: " + reply.replace("\n", "\n             ");
    failures.add(
        "“%s”: %s%s".formatted(Objects.requireNonNullElse(said.customer(), "(voice)"), what, told));
  }
}
