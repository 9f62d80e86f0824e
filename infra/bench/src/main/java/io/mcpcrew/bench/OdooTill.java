package io.mcpcrew.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Stands before an Odoo and remembers what it answered to whom, so that the other side of a tool
/// costs a measurement on the same processors as little as can be, and takes the time that is asked
/// for. What is written is not for it.
final class OdooTill implements AutoCloseable {
  private final OtherSide server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String odoo;
  private final Duration wait;
  private final Map<Asked, OtherSide.Answer> known = new ConcurrentHashMap<>();

  private record Asked(String path, String database, String key, String body) {}

  /// @param odoo where questions go that were not asked before
  /// @param wait before each answer
  OdooTill(String odoo, Duration wait) {
    this.odoo = odoo;
    this.wait = wait;
    server = new OtherSide(this::answer);
  }

  String url() {
    return server.url();
  }

  private void answer(OtherSide.Asked request, Consumer<OtherSide.Answer> to) {
    var asked =
        new Asked(
            request.path(),
            request.header("X-Odoo-Database"),
            request.header("Authorization"),
            request.body());
    OtherSide.Answer answer = known.get(asked);
    if (answer != null) {
      to.accept(answer);
      return;
    }
    var _ =
        threads.submit(() -> {
          to.accept(learned(request.method(), asked));
          return null;
        });
  }

  private OtherSide.Answer learned(String method, Asked asked) throws InterruptedException {
    try {
      OtherSide.Answer answer = ask(method, asked);
      if (answer.status() == 200) {
        known.put(asked, answer);
      }
      return answer;
    } catch (IOException notReached) {
      return new OtherSide.Answer(502, "{}", wait);
    }
  }

  private OtherSide.Answer ask(String method, Asked asked)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(odoo + asked.path()))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("X-Odoo-Database", asked.database())
            .header("Authorization", asked.key())
            .method(method, HttpRequest.BodyPublishers.ofString(asked.body()))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new OtherSide.Answer(answer.statusCode(), answer.body(), wait);
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
    http.shutdownNow();
  }
}
