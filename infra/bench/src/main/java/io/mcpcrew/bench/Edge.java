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
import java.util.concurrent.locks.LockSupport;
import org.springframework.util.unit.DataSize;

/// Sends customers' messages to the edge, signed as Chatwoot signs them.
public final class Edge implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// A machine that is slow and cold may turn a webhook away; who has not been heard asks again.
  private static final int TRIES = 5;

  private static final int ACCEPTED = 202;

  private final GuardedHttp http =
      GuardedHttp.ofOperator(
          new HttpSettings(List.of(), Duration.ofSeconds(5), DataSize.ofKilobytes(64)));
  private final String url;
  private final AtomicInteger refused = new AtomicInteger();
  private volatile String refusal = "";

  public Edge(String url) {
    this.url = url;
  }

  /// How many were not accepted, and what the last of them was told.
  String refusals() {
    return "%d not accepted%s".formatted(refused.get(), refusal.isEmpty() ? "" : ": " + refusal);
  }

  /// Sends what the agent must answer; true when it is accepted.
  public boolean ask(int number) {
    return send(number, BenchCompanies.webhook(number, "pending", Instant.now()));
  }

  /// Sends what the agent must answer, again if it is not accepted.
  void insist(int number) {
    for (int tries = 0; tries < TRIES && !ask(number); tries++) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
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
      int status = http.send(message, PATIENCE).status();
      if (status == ACCEPTED) {
        return true;
      }
      refusal = "status " + status;
    } catch (IOException notAccepted) {
      refusal = notAccepted.toString();
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
