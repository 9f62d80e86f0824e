package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Under which name Odoo knows an effect, and with which arguments it was wanted.
///
/// @param name of the external id; of the account and its key, as accounts may share a database
/// @param fingerprint of the arguments: the same key with others is a mistake and is told
record EffectKey(String key, String name, String fingerprint) {
  /// Stands before every external id that we make.
  static final String MODULE = "mcp_crew";

  private static final Pattern MARK = Pattern.compile("\\[crew:([0-9a-f]{16})]");

  static EffectKey of(OdooCall call) {
    Arguments arguments = call.arguments();
    String key = arguments.text("idempotency_key");
    return new EffectKey(
        key,
        "effect_" + Arguments.hash(call.account() + "\n" + key).substring(0, 40),
        arguments.fingerprint());
  }

  /// The same key's further record, such as the contact of an order.
  EffectKey part(String part) {
    return new EffectKey(key, name + "_" + part, fingerprint);
  }

  String externalId() {
    return MODULE + "." + name;
  }

  /// Kept in the record, where people see from which wish it comes.
  String mark() {
    return "%s [crew:%s]".formatted(key, fingerprint);
  }

  /// Whether a record bears the mark of other arguments. People may have deleted the mark; then
  /// nobody can tell, and the record of the key is the record of the key.
  boolean differsFrom(String marked) {
    String found = fingerprint;
    for (Matcher mark = MARK.matcher(marked); mark.find(); ) {
      found = mark.group(1);
    }
    return !found.equals(fingerprint);
  }
}
