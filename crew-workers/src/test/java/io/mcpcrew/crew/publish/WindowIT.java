package io.mcpcrew.crew.publish;

import static io.mcpcrew.crew.Shop.CLINICA;
import static io.mcpcrew.crew.Shop.LOJA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.crew.TestLog;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The publisher and WhatsApp's 24 hours, as Chatwoot's simulator keeps them.
@Timeout(60)
class WindowIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestLog log;
  private static ServiceHost chatwoot;
  private static GuardedHttp http;
  private static Publisher publisher;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    log = TestLog.start(folder);
    Map<String, Object> settings = new TreeMap<>();
    for (AccountId account : List.of(LOJA, CLINICA)) {
      int number = account.equals(LOJA) ? 1 : 2;
      String its = "simulator.chatwoot.accounts[%d].".formatted(number - 1);
      settings.put(its + "number", number);
      settings.put(its + "slug", account.value());
      settings.put(its + "name", account.value());
      settings.put(its + "user-token", account + "-user");
      settings.put(its + "bot.id", number);
      settings.put(its + "bot.name", "bot");
      settings.put(its + "bot.token", account + "-bot");
      settings.put(its + "inboxes[0].id", number);
      settings.put(its + "inboxes[0].name", "WhatsApp");
      settings.put(its + "inboxes[0].channel", "Channel::Whatsapp");
      Files.writeString(folder.resolve(account + "-bot"), account + "-bot");
      Files.writeString(folder.resolve(account + "-user"), account + "-user");
    }
    chatwoot =
        ServiceHost.start(
            settings, new String[] {"--server.port=0"}, ChatwootSimulatorConfiguration.class);
    http =
        new GuardedHttp(
            new HttpSettings(List.of("127.0.0.1"), Duration.ofSeconds(2), DataSize.ofMegabytes(1)));
    settle(
        folder,
        LOJA,
        1,
        """
        ,"outside_window":{"name":"retomar","language":"pt_BR","category":"UTILITY",
                           "body":"Olá! {{1}} Responda aqui."}\
        """);
    settle(folder, CLINICA, 2, "");
    publisher =
        new Publisher(
            log.clients(),
            http,
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(100));
    publisher.start();
    await().atMost(SOON).until(() -> publisher.health().isReady());
  }

  private static void settle(Path folder, AccountId account, int number, String more) {
    String settings =
        """
        {"binding":"chatwoot","url":"%s","account":%d,"bot_token":"file:%s","user_token":"file:%s",
         "webhook_secret":"env:X","bot_secret":"env:X"%s}
        """
            .formatted(
                url(""),
                number,
                folder.resolve(account + "-bot"),
                folder.resolve(account + "-user"),
                more);
    log.settle(account, Shop.document(account, settings));
  }

  @AfterAll
  static void stop() {
    publisher.close();
    http.close();
    chatwoot.close();
    log.close();
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + chatwoot.port() + path;
  }

  private static JsonNode asked(HttpRequest.Builder request) throws Exception {
    return JsonMapper.shared().readTree(HTTP.send(request.build(), BodyHandlers.ofString()).body());
  }

  private static JsonNode demo(AccountId account, String path, String body) throws Exception {
    return asked(
        HttpRequest.newBuilder(URI.create(url("/demo/api/" + account + path)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /// A conversation whose customer wrote so many hours ago.
  private static long written(AccountId account, int hoursAgo) throws Exception {
    long conversation =
        demo(account, "/messages", "{\"text\": \"Oi\"}").path("conversation").asLong();
    if (hoursAgo > 0) {
      demo(
          account,
          "/conversations/%d/age".formatted(conversation),
          "{\"hours\": %d}".formatted(hoursAgo));
    }
    return conversation;
  }

  private static Delivery followedUp(AccountId account, long conversation) {
    TurnId turn = Shop.id(account, "chatwoot-" + conversation, 1);
    var reply =
        new ReleasedReply(
            turn,
            1,
            turn + "/follow-up/9",
            ReplyKind.REPLY,
            List.of(Content.of("Ainda posso ajudar?")),
            null,
            "whatsapp",
            "1",
            1,
            Instant.now(),
            Instant.now().plusSeconds(60));
    log.write(Topics.REPLIES, turn.conversation().toString(), reply);
    await().atMost(SOON).until(() -> delivered(turn).size() == 1);
    return delivered(turn).getFirst();
  }

  private static List<Delivery> delivered(TurnId turn) {
    return log.read(Topics.DELIVERIES).stream().filter(d -> d.turn().equals(turn)).toList();
  }

  private static JsonNode last(AccountId account, long conversation) throws Exception {
    JsonNode messages =
        asked(
                HttpRequest.newBuilder(
                    URI.create(
                        url(
                            "/demo/api/%s/conversations/%d/messages"
                                .formatted(account, conversation)))))
            .path("messages");
    return messages.get(messages.size() - 1);
  }

  @Test
  void within_the_day_it_is_said_as_it_is() throws Exception {
    long conversation = written(LOJA, 23);

    assertThat(followedUp(LOJA, conversation).status()).isEqualTo(DeliveryStatus.POSTED);
    assertThat(last(LOJA, conversation).path("text").asString("")).isEqualTo("Ainda posso ajudar?");
    assertThat(last(LOJA, conversation).path("status").asString("")).isEqualTo("sent");
  }

  @Test
  void a_day_later_the_accounts_template_says_it_and_the_channel_takes_it() throws Exception {
    long conversation = written(LOJA, 25);

    assertThat(followedUp(LOJA, conversation).status()).isEqualTo(DeliveryStatus.POSTED);
    assertThat(last(LOJA, conversation).path("text").asString(""))
        .isEqualTo("Olá! Ainda posso ajudar? Responda aqui.");
    assertThat(last(LOJA, conversation).path("status").asString("")).isEqualTo("sent");
  }

  @Test
  void a_day_later_an_account_without_a_template_says_nothing_that_would_fail() throws Exception {
    long conversation = written(CLINICA, 25);

    Delivery delivery = followedUp(CLINICA, conversation);

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.REFUSED);
    assertThat(delivery.detail()).contains("so long after");
    assertThat(last(CLINICA, conversation).path("text").asString("")).isEqualTo("Oi");
  }
}
