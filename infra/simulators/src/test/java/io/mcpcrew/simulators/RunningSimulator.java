package io.mcpcrew.simulators;

import io.mcpcrew.runtime.host.ServiceHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// One simulator on a free port, as the host of all services runs it.
public final class RunningSimulator implements AutoCloseable {
  /// An argument, since the services' own settings take precedence over a host's.
  private static final String[] FREE_PORT = {"--server.port=0"};

  private final ServiceHost host;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningSimulator(ServiceHost host) {
    this.host = host;
  }

  public static RunningSimulator start(Map<String, Object> settings, Class<?> configuration) {
    return new RunningSimulator(ServiceHost.start(settings, FREE_PORT, configuration));
  }

  /// `headers` alternates names and values.
  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public Answer post(String path, String body, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)));
  }

  public Answer delete(String path, String... headers) {
    return send(request(path, headers).DELETE());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
            .timeout(Duration.ofSeconds(20));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    host.close();
  }
}
