package io.mcpcrew.simulators.chatwoot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/// Asks the platform how a reply came about, on behalf of the page, which may talk only to us.
final class Why implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final @Nullable String template;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  Why(@Nullable String template) {
    this.template = template;
  }

  /// The platform's JSON as it is, or an empty way with the reason in words.
  ServerResponse answer(Account account, long conversation, long message)
      throws InterruptedException {
    if (template == null) {
      return empty(404, "Nenhum agente automático está ligado a esta demonstração.");
    }
    try {
      var request =
          HttpRequest.newBuilder(url(template, account, conversation, message))
              .timeout(PATIENCE)
              .header("Accept", "application/json")
              .build();
      var response = http.send(request, BodyHandlers.ofByteArray());
      return passedOn(response.statusCode(), response.body());
    } catch (IOException e) {
      return empty(502, "O agente automático não respondeu; tente de novo em instantes.");
    }
  }

  private static ServerResponse passedOn(int status, byte[] body) {
    return switch (status) {
      case 200 -> ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(body);
      case 404 -> empty(404, "Não há registro do caminho desta mensagem.");
      default -> empty(502, "O agente automático respondeu com um erro (" + status + ").");
    };
  }

  private static ServerResponse empty(int status, String reason) {
    return Json.answer(status, Map.of("lines", List.of(), "message", reason));
  }

  private static URI url(String template, Account account, long conversation, long message) {
    return URI.create(
        template
            .replace("{account}", account.settings().slug())
            .replace("{number}", Long.toString(account.number()))
            .replace("{conversation}", Long.toString(conversation))
            .replace("{message}", Long.toString(message)));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
