package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.tenant.LinearPattern;
import java.util.List;

/// A rule with its phrases and patterns made ready.
///
/// @param naming patterns of what is named beside a phrase: "consulta com cardiologista"
/// @param own whether the tenant wrote it
public record Rule(
    String intent,
    String crew,
    Manner manner,
    List<Phrase> phrases,
    List<LinearPattern> patterns,
    List<LinearPattern> naming,
    boolean own) {
  public Rule {
    phrases = List.copyOf(phrases);
    patterns = List.copyOf(patterns);
    naming = List.copyOf(naming);
  }

  String origin() {
    return own ? "tenant" : "built-in";
  }
}
