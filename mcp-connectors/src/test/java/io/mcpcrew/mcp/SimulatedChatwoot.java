package io.mcpcrew.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people and customers of the first account do in the simulated Chatwoot, past the
/// connectors.
final class SimulatedChatwoot implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String url;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger customers = new AtomicInteger();

  SimulatedChatwoot(String url) {
    this.url = url;
  }

  /// Nobody has this number yet.
  String newPhone() {
    return "+55119%08d".formatted(customers.incrementAndGet());
  }

  long newContact(String name) {
    String body = "{\"name\": \"%s\", \"phone_number\": \"%s\"}".formatted(name, newPhone());
    return api("POST", "/contacts", body).path("payload").path("contact").path("id").asLong();
  }

  long newConversation() {
    return newConversation(newContact("Ana Beatriz"));
  }

  long newConversation(long contact) {
    String body = "{\"inbox_id\": 1, \"contact_id\": %d}".formatted(contact);
    return api("POST", "/conversations", body).path("id").asLong();
  }

  /// A webhook to an address that no other has.
  long newWebhook() {
    String body = "{\"url\": \"https://hooks.example/%d\"}".formatted(customers.incrementAndGet());
    return api("POST", "/webhooks", body).path("payload").path("webhook").path("id").asLong();
  }

  /// One of the company's people writes a note that the customer does not see.
  void note(long conversation, String text) {
    String body = "{\"content\": \"%s\", \"private\": true}".formatted(text);
    var _ = api("POST", "/conversations/" + conversation + "/messages", body);
  }

  /// Up to a hundred, the oldest first.
  JsonNode messages(long conversation) {
    return api("GET", "/conversations/" + conversation + "/messages?after=0", "").path("payload");
  }

  /// How many messages have been posted, not counting what Chatwoot itself notes.
  int posted(long conversation) {
    int posted = 0;
    for (JsonNode message : messages(conversation)) {
      posted += message.path("message_type").asInt() == 1 ? 1 : 0;
    }
    return posted;
  }

  JsonNode api(String method, String path, String body) {
    return call(method, "/api/v1/accounts/1" + path, body);
  }

  /// What goes wrong from now on with the next posts; nothing with `{}`.
  void faults(String plan) {
    var _ = call("POST", "/demo/api/faults", plan);
  }

  private JsonNode call(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("api_access_token", "loja-user")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
      return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
