package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.SystemRefusal;
import java.util.List;

/// Odoo understood and said no; its sentence may be shown to a model. Whichever protocol was
/// spoken, the same refusal reads the same.
final class OdooRefusal extends SystemRefusal {
  private static final long serialVersionUID = 1L;

  /// A database's complaint about a value is a mistake of the caller's too, and how it is doing is
  /// not.
  private static final List<String> MISTAKES =
      List.of(
          "ValueError",
          "TypeError",
          "KeyError",
          "AttributeError",
          "InvalidTextRepresentation",
          "NumericValueOutOfRange",
          "InvalidDatetimeFormat");

  OdooRefusal(String message) {
    super(message);
  }

  static OdooRefusal key() {
    return new OdooRefusal("Odoo does not accept this account's key");
  }

  static OdooRefusal database() {
    return new OdooRefusal("Odoo does not know this account's database");
  }

  static OdooRefusal notAllowed(String said) {
    return new OdooRefusal("this account's Odoo user may not do that: " + firstLine(said));
  }

  static OdooRefusal missing(String said) {
    return new OdooRefusal("Odoo does not have that: " + firstLine(said));
  }

  static OdooRefusal refused(String said) {
    return new OdooRefusal("Odoo refused: " + firstLine(said));
  }

  static OdooRefusal notUnderstood(String model, String said) {
    return new OdooRefusal(
        "Odoo does not understand the request to %s: %s".formatted(model, firstLine(said)));
  }

  static OdooRefusal tooMuch(Exception tooLarge) {
    return new OdooRefusal(tooLarge.getMessage() + "; ask for fewer records or fields");
  }

  /// Whether an error of this name is the caller's mistake, though it looks like one of Odoo's: to
  /// make the same call again would not help.
  static boolean isMistake(String name) {
    return MISTAKES.stream().anyMatch(name::endsWith);
  }

  boolean says(String part) {
    return String.valueOf(getMessage()).contains(part);
  }

  static String firstLine(String said) {
    String line = said.lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300);
  }
}
