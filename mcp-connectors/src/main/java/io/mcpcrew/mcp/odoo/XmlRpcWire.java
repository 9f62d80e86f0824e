package io.mcpcrew.mcp.odoo;

import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Odoo's `/xmlrpc/2`: faults have numbers, and most of what goes wrong is number 1 with a
/// traceback, whose last line alone is looked at.
record XmlRpcWire(GuardedHttp http) implements RpcWire {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Odoo cannot write nothing in XML-RPC, and says so after it has done its work.
  private static final String NOTHING = "cannot marshal None unless allow_none is enabled";

  @Override
  public Reply send(OdooCall call, String service, String method, List<?> arguments)
      throws IOException, InterruptedException {
    if (!(JSON.valueToTree(arguments) instanceof ArrayNode parameters)) {
      throw new IllegalStateException("arguments are a list");
    }
    var request =
        HttpRequest.newBuilder(URI.create(call.odoo().url() + "/xmlrpc/2/" + service))
            .header("Content-Type", "text/xml")
            .POST(HttpRequest.BodyPublishers.ofByteArray(XmlRpc.request(method, parameters)))
            .build();
    try {
      GuardedHttp.Answer answer = http.send(request, call.left());
      if (!answer.isSuccess()) {
        throw new IOException("Odoo answered " + answer.status());
      }
      return read(answer.body().toArray());
    } catch (GuardedHttp.AnswerTooLarge e) {
      throw OdooRefusal.tooMuch(e);
    }
  }

  static Reply read(byte[] answer) throws IOException {
    XmlRpc.Response response = XmlRpc.response(answer);
    if (!response.isFault()) {
      return new Reply.Value(response.value());
    }
    String said = response.value().path("faultString").asString("").strip();
    if (said.contains(NOTHING)) {
      return new Reply.Value(JSON.nullNode());
    }
    return switch (response.value().path("faultCode").asInt()) {
      case 2 -> new Reply.Fault(Kind.REFUSED, said);
      case 3 -> new Reply.Fault(Kind.KEY, said);
      case 4 -> new Reply.Fault(Kind.NOT_ALLOWED, said);
      default -> traceback(said);
    };
  }

  /// Its last line that begins at the margin is `Class: sentence`.
  private static Reply traceback(String said) {
    String last =
        said.lines()
            .filter(line -> line.matches("[A-Za-z_][\\w.]*(:.*)?"))
            .reduce("", (_, line) -> line);
    int colon = last.indexOf(':');
    String name = colon < 0 ? last : last.substring(0, colon);
    String sentence = colon < 0 ? "" : last.substring(colon + 1).strip();
    return new Reply.Fault(JsonRpcWire.kind(name, said), sentence);
  }
}
