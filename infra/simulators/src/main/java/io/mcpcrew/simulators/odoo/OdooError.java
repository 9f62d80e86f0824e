package io.mcpcrew.simulators.odoo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A call that Odoo answers with an error: its HTTP status, and the name and text of the exception.
final class OdooError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String name;
  private final String text;

  private OdooError(int status, String name, String text) {
    super(text, null, false, false);
    this.status = status;
    this.name = name;
    this.text = text;
  }

  static OdooError badRequest(String text) {
    return new OdooError(400, "werkzeug.exceptions.BadRequest", text);
  }

  static OdooError unauthorized(String text) {
    return new OdooError(401, "werkzeug.exceptions.Unauthorized", text);
  }

  static OdooError notFound(String text) {
    return new OdooError(404, "werkzeug.exceptions.NotFound", text);
  }

  static OdooError unprocessable(String text) {
    return new OdooError(422, "werkzeug.exceptions.UnprocessableEntity", text);
  }

  static OdooError access(String text) {
    return new OdooError(403, "odoo.exceptions.AccessError", text);
  }

  static OdooError missing(String model, List<Long> ids) {
    String list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new OdooError(
        404,
        "odoo.exceptions.MissingError",
        "Record does not exist or has been deleted.\n(Record: %s(%s,), User: 2)"
            .formatted(model, list));
  }

  static OdooError user(String text) {
    return new OdooError(422, "odoo.exceptions.UserError", text);
  }

  static OdooError validation(String text) {
    return new OdooError(422, "odoo.exceptions.ValidationError", text);
  }

  /// A mistake of the caller's program. Odoo answers 500, although a repetition cannot help.
  static OdooError value(String text) {
    return new OdooError(500, "builtins.ValueError", text);
  }

  /// As [#value], for names of arguments.
  static OdooError type(String text) {
    return new OdooError(500, "builtins.TypeError", text);
  }

  static OdooError unknownField(String field, String model) {
    return value("Invalid field '%s' on '%s'".formatted(field, model));
  }

  /// As [#value], for what is not there under a name.
  static OdooError key(String text) {
    return new OdooError(500, "builtins.KeyError", text);
  }

  int status() {
    return status;
  }

  String name() {
    return name;
  }

  Map<String, Object> body() {
    List<Object> arguments =
        status < 500 && name.startsWith("werkzeug") ? List.of(text, status) : List.of(text);
    return OdooJson.object(
        "name",
        name,
        "message",
        text,
        "arguments",
        arguments,
        "context",
        Map.of(),
        "debug",
        traceback());
  }

  /// Shaped like a server's own: never fit to be shown to a model or a customer.
  private String traceback() {
    return """
    Traceback (most recent call last):
      File "/usr/lib/python3/dist-packages/odoo/http.py", line 2212, in _transactioning
        return service_model.retrying(func, env=self.env)
      File "/usr/lib/python3/dist-packages/odoo/service/model.py", line 156, in retrying
        result = func()
      File "/usr/lib/python3/dist-packages/odoo/addons/rpc/controllers/json2.py", line 64, \
    in web_json_2
        result = getattr(records, method)(**kwargs)
    %s: %s
    """
        .formatted(name.startsWith("builtins.") ? simpleName() : name, text);
  }

  private String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
