package io.mcpcrew.mcp.odoo;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What no conversation needs, whatever the account's Odoo user may do: the server's own tables,
/// users, keys, and fields that hold secrets. Decided by name, before anything is asked of Odoo.
final class OutOfReach {
  private static final Pattern MODEL = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*");
  private static final Pattern FIELD = Pattern.compile("[a-z_][a-zA-Z0-9_]*");
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern SECRET =
      Pattern.compile(
          "(^|_)(password|passwd|secret|token|apikey|api_key|private_key|credentials?|totp|otp|oauth|signup)(_|$)");

  /// References to users: their names may be seen, and nothing behind them.
  private static final Pattern USER = Pattern.compile("(^|_)(uid|users?)(_ids?)?$");

  private static final Set<String> OF_A_USER = Set.of("id", "name", "display_name");

  /// A name, or with a dot at its end all names that begin so.
  private static final List<String> MODELS =
      List.of(
          "ir.",
          "res.users",
          "res.config",
          "res.groups",
          "res.device",
          "base.",
          "base_",
          "bus.",
          "auth",
          "mail.mail",
          "mail.alias",
          "mail.template",
          "mail.compose",
          "fetchmail",
          "portal.",
          "payment.",
          "iap.",
          "sms.",
          "certificate.",
          "web.",
          "web_",
          "report.",
          "google",
          "microsoft");

  private OutOfReach() {}

  /// @throws IllegalArgumentException for a name that is none, or a model that is not offered
  static String checkModel(String model) {
    if (!MODEL.matcher(model).matches()) {
      throw new IllegalArgumentException("model must be a name such as `sale.order`");
    }
    if (!isOffered(model)) {
      throw new IllegalArgumentException("the model " + model + " is not offered");
    }
    return model;
  }

  static boolean isOffered(String model) {
    return MODELS.stream().noneMatch(model::startsWith);
  }

  static boolean isOfferedField(String field) {
    return !SECRET.matcher(field).find();
  }

  /// A field, or a path of fields through references.
  ///
  /// @throws IllegalArgumentException when one of them is out of reach
  static String checkField(String path) {
    boolean behindUser = false;
    for (String field : DOT.split(path, -1)) {
      if (!FIELD.matcher(field).matches()) {
        throw new IllegalArgumentException("`%s` is not the name of a field".formatted(path));
      }
      if (!isOfferedField(field) || (behindUser && !OF_A_USER.contains(field))) {
        throw new IllegalArgumentException("the field " + path + " is not offered");
      }
      behindUser = USER.matcher(field).find();
    }
    return path;
  }

  /// All fields that a domain asks about, those inside `any` too.
  static List<?> checkDomain(List<?> domain) {
    domain.forEach(OutOfReach::checkCondition);
    return domain;
  }

  private static void checkCondition(@Nullable Object item) {
    if (!(item instanceof List<?> condition)) {
      return; // an operator; Odoo knows which there are
    }
    if (condition.size() == 3 && condition.getFirst() instanceof String path) {
      checkField(path);
      if (condition.get(2) instanceof List<?> inner) {
        behind(path, inner);
      }
      return;
    }
    checkDomain(condition);
  }

  /// A condition inside `any` is about what the path leads to.
  private static void behind(String path, List<?> inner) {
    for (Object item : inner) {
      if (item instanceof List<?> condition
          && condition.size() == 3
          && condition.getFirst() instanceof String field) {
        checkField(path + "." + field);
        if (condition.get(2) instanceof List<?> deeper) {
          behind(path + "." + field, deeper);
        }
      }
    }
  }
}
