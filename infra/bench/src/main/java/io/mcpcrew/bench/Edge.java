package io.mcpcrew.bench;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.unit.DataSize;

/// Sends customers' messages to the edge, signed as Chatwoot signs them.
public final class Edge implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final GuardedHttp http =
      GuardedHttp.ofOperator(
          new HttpSettings(List.of(), Duration.ofSeconds(5), DataSize.ofKilobytes(64)));
  private final String url;
  private final AtomicInteger refused = new AtomicInteger();

  public Edge(String url) {
    this.url = url;
  }

  /// How many were not accepted.
  int refused() {
    return refused.get();
  }

  /// Sends what the agent must answer; true when it is accepted.
  public boolean ask(int number) {
    return send(number, BenchCompanies.webhook(number, "pending", Instant.now()));
  }

  /// Sends what the customer of a conversation says next.
  ///
  /// @param message its id, which grows within the conversation
  public boolean say(int number, int message, String text) {
    return send(number, BenchCompanies.webhook(number, message, text, "pending", Instant.now()));
  }

  /// Sends the private note that a person of the company writes into a conversation.
  ///
  /// @param message its id, which grows within the conversation
  public boolean note(int number, int message, String text) {
    return send(number, BenchCompanies.note(number, message, text, Instant.now()));
  }

  /// Sends what a person has to answer, so that the agent does nothing.
  boolean tell(int number) {
    return send(number, BenchCompanies.webhook(number, "open", Instant.now()));
  }

  private boolean send(int number, byte[] body) {
    return send(request(number, body));
  }

  /// Made before its time, so that making it costs what is measured nothing.
  HttpRequest asking(int number) {
    return request(number, BenchCompanies.webhook(number, "pending", Instant.now()));
  }

  boolean send(HttpRequest message) {
    try {
      if (http.send(message, PATIENCE).status() == 202) {
        return true;
      }
    } catch (IOException notAccepted) {
      // Counted below, like every other answer than 202.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refused.incrementAndGet();
    return false;
  }

  private HttpRequest request(int number, byte[] body) {
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    return HttpRequest.newBuilder(
            URI.create(url + "/webhooks/chatwoot/" + BenchCompanies.account(number) + "/bot"))
        .header("Content-Type", "application/json")
        .header("X-Chatwoot-Timestamp", timestamp)
        .header("X-Chatwoot-Signature", BenchCompanies.signature(timestamp, body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  @Override
  public void close() {
    http.close();
  }
}
