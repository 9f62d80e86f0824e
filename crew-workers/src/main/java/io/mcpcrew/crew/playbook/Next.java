package io.mcpcrew.crew.playbook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a playbook wants next.
sealed interface Next {

  /// A capability that only reads is to be called, at this place of the turn.
  record Read(String path, String capability, Map<String, Object> arguments) implements Next {}

  /// The customer has said yes: the capability is to be called, at this place of the turn.
  record Write(String path, String capability, Map<String, Object> arguments) implements Next {}

  /// The customer is asked; the flow waits for the answer.
  ///
  /// @param choices that answer it, in the order shown; empty where any words will do
  record Ask(String text, List<String> choices, Flow flow) implements Next {}

  /// The flow is over.
  ///
  /// @param used what was said of what
  /// @param invitation to what could come next
  record Said(String text, List<Map<String, Object>> used, @Nullable Invitation invitation)
      implements Next {
    Said(String text, List<Map<String, Object>> used) {
      this(text, used, null);
    }
  }

  /// Said behind an answer, where nothing else is to be said.
  ///
  /// @param choices that can be pressed
  /// @param flow waits for what the customer says to it
  record Invitation(String text, List<String> choices, Flow flow) {}

  /// Another playbook goes on.
  ///
  /// @param slots what it is told
  /// @param kept what was chosen for it
  record Goes(String playbook, Map<String, Object> slots, Map<String, Object> kept)
      implements Next {}

  /// A person must go on.
  ///
  /// @param text what the customer is told first; may be empty
  record Person(String reason, String text) implements Next {
    Person(String reason) {
      this(reason, "");
    }
  }

  /// It has nothing to say.
  record Nothing(String reason) implements Next {}
}
