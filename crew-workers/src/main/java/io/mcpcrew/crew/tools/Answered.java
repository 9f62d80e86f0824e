package io.mcpcrew.crew.tools;

import java.util.Map;

/// What a tool said.
public sealed interface Answered {

  /// Its structured result.
  record Result(Map<String, Object> structured) implements Answered {}

  /// It answered that it cannot; the reason is for the crew, not for the customer.
  record Declined(String reason) implements Answered {}

  /// It did not answer, or nobody offers it.
  record Failed(String reason) implements Answered {}
}
