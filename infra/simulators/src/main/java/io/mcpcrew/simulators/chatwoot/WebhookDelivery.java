package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.WebhookSender.WebhookJob;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Sends webhooks, each on a virtual thread of its own and in no promised order.
///
/// Account webhooks and API inboxes are tried once. Agent bots are tried three times, but only
/// after 429 or 500. A new timestamp and signature are made for each try, the delivery id stays.
final class WebhookDelivery implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(WebhookDelivery.class);
  private static final int BOT_TRIES = 3;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final Semaphore places;
  private final Duration timeout;
  private final Duration botRetryDelay;
  private final Faults faults;
  private final Overtaking overtaking = new Overtaking();
  private final InstantSource clock;
  private final Supplier<String> deliveryIds;
  private final JsonMapper json;

  private sealed interface Outcome {
    record Taken() implements Outcome {}

    record Answered(int status) implements Outcome {}

    record Unreachable(String why) implements Outcome {}
  }

  WebhookDelivery(
      ChatwootSimulatorSettings settings,
      Faults faults,
      InstantSource clock,
      Supplier<String> deliveryIds,
      JsonMapper json) {
    this.timeout = settings.webhookTimeout();
    this.botRetryDelay = settings.botRetryDelay();
    this.places = new Semaphore(settings.webhookConcurrency());
    this.faults = faults;
    this.clock = clock;
    this.deliveryIds = deliveryIds;
    this.json = json;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .executor(threads)
            .build();
  }

  /// Returns at once. The body is made when the job runs.
  void enqueue(WebhookJob job) {
    if (job.kind() == WebhookJob.Kind.ACCOUNT && faults.isDropped(job.event(), job.id())) {
      return;
    }
    start(job);
    if (faults.isDuplicated(job.event(), job.id())) {
      start(job);
    }
  }

  private void start(WebhookJob job) {
    String deliveryId = deliveryIds.get();
    threads.execute(() -> run(job, deliveryId));
  }

  private void run(WebhookJob job, String deliveryId) {
    try {
      faults.waitBeforeWebhook();
      if (faults.plan().reorder()) {
        overtaking.pass(job.url(), () -> deliver(job, deliveryId));
      } else {
        deliver(job, deliveryId);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(WebhookJob job, String deliveryId) throws InterruptedException {
    byte[] body = json.writeValueAsBytes(job.body().get());
    int tries = job.kind() == WebhookJob.Kind.AGENT_BOT ? BOT_TRIES : 1;
    Outcome outcome = send(job, deliveryId, body);
    while (--tries > 0 && deservesAnotherTry(outcome)) {
      Thread.sleep(botRetryDelay);
      outcome = send(job, deliveryId, body);
    }
    settle(job, outcome);
  }

  private static boolean deservesAnotherTry(Outcome outcome) {
    return outcome instanceof Outcome.Answered(int status) && (status == 429 || status == 500);
  }

  private static void settle(WebhookJob job, Outcome outcome) {
    switch (outcome) {
      case Outcome.Taken() -> {}
      case Outcome.Answered(int status) -> failed(job, "HTTP " + status);
      case Outcome.Unreachable(String why) -> failed(job, why);
    }
  }

  private static void failed(WebhookJob job, String why) {
    LOGGER
        .atWarn()
        .addKeyValue("event", job.event())
        .addKeyValue("kind", job.kind())
        .addKeyValue("why", why)
        .log("webhook failed");
    job.failed().accept(why);
  }

  private Outcome send(WebhookJob job, String deliveryId, byte[] body) throws InterruptedException {
    places.acquire();
    try {
      int status =
          http.send(request(job, deliveryId, body), BodyHandlers.discarding()).statusCode();
      return status / 100 == 2 ? new Outcome.Taken() : new Outcome.Answered(status);
    } catch (IOException e) {
      return new Outcome.Unreachable(e.getClass().getSimpleName());
    } finally {
      places.release();
    }
  }

  private HttpRequest request(WebhookJob job, String deliveryId, byte[] body) {
    var request =
        HttpRequest.newBuilder(job.url())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("X-Chatwoot-Delivery", deliveryId)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    String secret = job.secret();
    if (secret != null) {
      long timestamp = clock.instant().getEpochSecond();
      request
          .header("X-Chatwoot-Timestamp", Long.toString(timestamp))
          .header("X-Chatwoot-Signature", Signature.of(secret, timestamp, body));
    }
    return request.build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
  }
}
