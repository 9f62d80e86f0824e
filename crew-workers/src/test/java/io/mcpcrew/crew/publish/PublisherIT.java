package io.mcpcrew.crew.publish;

import static io.mcpcrew.crew.Shop.CLINICA;
import static io.mcpcrew.crew.Shop.LOJA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.crew.TestLog;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import io.mcpcrew.runtime.tenant.Pauses;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// The publisher on a real broker: what is released is posted once, whatever happens.
@Timeout(60)
class PublisherIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final AccountId COM_MODELO = new AccountId("com-modelo");

  private static TestLog log;
  private static FakeChatwoot chatwoot;
  private static GuardedHttp http;
  private static Publisher publisher;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    log = TestLog.start(folder);
    chatwoot = new FakeChatwoot();
    http =
        new GuardedHttp(
            new HttpSettings(List.of("127.0.0.1"), Duration.ofSeconds(2), DataSize.ofMegabytes(1)));
    for (String whose : List.of("bot", "user")) {
      Files.writeString(folder.resolve(whose), whose + "-token");
    }
    log.settle(
        LOJA,
        Shop.document(
            LOJA,
            """
            {"binding":"chatwoot","url":"%s","account":1,"bot_token":"file:%s",
             "user_token":"file:%s","webhook_secret":"env:X","bot_secret":"env:X"}
            """
                .formatted(chatwoot.url(), folder.resolve("bot"), folder.resolve("user"))));
    log.settle(CLINICA, Shop.document(CLINICA, "null"));
    log.settle(
        COM_MODELO,
        Shop.document(
            COM_MODELO,
            """
            {"binding":"chatwoot","url":"%s","account":1,"bot_token":"file:%s",
             "user_token":"file:%s","webhook_secret":"env:X","bot_secret":"env:X",
             "outside_window":{"name":"retomar","language":"pt_BR","category":"UTILITY",
                               "body":"Olá! {{1}} Responda aqui."}}
            """
                .formatted(chatwoot.url(), folder.resolve("bot"), folder.resolve("user"))));
    publisher = running();
  }

  private static Publisher running() {
    var fresh =
        new Publisher(
            log.clients(),
            http,
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(100));
    fresh.start();
    await().atMost(SOON).until(() -> fresh.health().isReady());
    return fresh;
  }

  @AfterAll
  static void stop() {
    publisher.close();
    http.close();
    chatwoot.close();
    log.close();
  }

  @Test
  void a_reply_is_posted_as_the_bot_with_its_key() {
    release(reply("11", "Olá!"));

    Delivery delivery = deliveries("11", 1).getFirst();

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.POSTED);
    assertThat(chatwoot.texts("11")).containsExactly("Olá!");
    var posted = chatwoot.in("11").getFirst();
    assertThat(delivery.messageNumber()).isEqualTo(posted.path("id").asLong());
    assertThat(posted.path("content_attributes").path("crew_reply_key").asString(""))
        .isEqualTo(delivery.replyKey());
    assertThat(posted.path("private").asBoolean(true)).isFalse();
    assertThat(chatwoot.changes).contains("11 messages bot-token");
  }

  @Test
  void a_reply_that_is_delivered_twice_is_posted_once() {
    release(reply("12", "Olá!"));
    release(reply("12", "Olá!"));

    List<Delivery> deliveries = deliveries("12", 2);

    assertThat(chatwoot.texts("12")).containsExactly("Olá!");
    assertThat(deliveries)
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.POSTED, DeliveryStatus.FOUND_POSTED);
    assertThat(deliveries).extracting(Delivery::messageNumber).doesNotContainNull();
    assertThat(deliveries.getFirst().messageNumber())
        .isEqualTo(deliveries.getLast().messageNumber());
  }

  @Test
  void a_publisher_that_ends_between_post_and_commit_leaves_a_post_that_is_found() {
    var held = new CountDownLatch(1);
    chatwoot.holding.put("13", held);
    release(reply("13", "Olá!"));
    await().atMost(SOON).until(() -> chatwoot.in("13").size() == 1);

    publisher.close();
    held.countDown();
    chatwoot.holding.remove("13");
    assertThat(ofConversation("13")).isEmpty();
    publisher = running();

    Delivery delivery = deliveries("13", 1).getFirst();
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FOUND_POSTED);
    assertThat(chatwoot.texts("13")).containsExactly("Olá!");
  }

  @Test
  void when_the_answer_to_a_post_is_lost_it_is_looked_for_before_it_is_posted_again() {
    chatwoot.keepFirst.put("14", true);
    chatwoot.failing.put("14", new AtomicLong(1));
    release(reply("14", "Olá!"));

    assertThat(deliveries("14", 1).getFirst().status()).isEqualTo(DeliveryStatus.FOUND_POSTED);
    assertThat(chatwoot.texts("14")).containsExactly("Olá!");
  }

  @Test
  void a_chatwoot_that_does_not_take_it_at_first_is_asked_again() {
    chatwoot.failing.put("15", new AtomicLong(2));
    release(reply("15", "Olá!"));

    assertThat(deliveries("15", 1).getFirst().status()).isEqualTo(DeliveryStatus.POSTED);
    assertThat(chatwoot.texts("15")).containsExactly("Olá!");
  }

  @Test
  void what_chatwoot_refuses_is_not_tried_again_but_parked_and_told_with_its_words() {
    chatwoot.failing.put("16", new AtomicLong(1));
    chatwoot.status.put("16", 422);
    release(reply("16", "Temos 12 em estoque."));

    Delivery delivery = deliveries("16", 1).getFirst();

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.REFUSED);
    assertThat(delivery.detail()).contains("422");
    assertThat(delivery.withheld())
        .satisfies(
            reply -> assertThat(reply.parts()).containsExactly(Content.of("Temos 12 em estoque.")));
    assertThat(chatwoot.in("16")).isEmpty();
    await().atMost(SOON).until(() -> parked("loja/chatwoot-16") == 1);
  }

  private static long parked(String key) {
    return log.read(Topics.parkedOf(Topics.REPLIES)).stream()
        .map(Parked::key)
        .filter(k -> k != null && new String(k.toArray(), StandardCharsets.UTF_8).equals(key))
        .count();
  }

  @Test
  void a_long_reply_becomes_several_messages_in_its_order() {
    String long1 = "Primeira parte. ".repeat(150).strip();
    String long2 = "Segunda parte. ".repeat(150).strip();
    release(on("facebook", "51", "", long1 + "\n\n" + long2));

    assertThat(deliveries("51", 1).getFirst().status()).isEqualTo(DeliveryStatus.POSTED);
    assertThat(chatwoot.texts("51").size()).isBetween(3, 4);
    assertThat(chatwoot.texts("51")).allSatisfy(text -> assertThat(text).hasSizeLessThan(1_901));
    assertThat(String.join(" ", chatwoot.texts("51"))).isEqualTo(long1 + " " + long2);
  }

  @Test
  void a_publisher_that_was_lost_between_two_messages_of_a_reply_posts_what_is_missing() {
    String one = "Primeira parte. ".repeat(100).strip();
    String two = "Segunda parte. ".repeat(100).strip();
    ReleasedReply reply = on("facebook", "52", "", one + "\n\n" + two);
    chatwoot.add(
        "52",
        """
        {"content":"%s","message_type":1,"private":false,"sender":{"type":"agent_bot"},
         "content_attributes":{"crew_reply_key":"%s"}}
        """
            .formatted(one, reply.replyKey()));
    release(reply);
    release(reply);

    deliveries("52", 2);
    assertThat(chatwoot.texts("52")).containsExactly(one, two);
  }

  @Test
  void outside_the_channels_window_a_template_says_it() {
    chatwoot.closed.add("53");
    release(on(COM_MODELO, "whatsapp", "53", "/follow-up/9", "Ainda posso\najudar?"));

    assertThat(deliveries("53", 1).getFirst().status()).isEqualTo(DeliveryStatus.POSTED);
    assertThat(chatwoot.texts("53")).containsExactly("Olá! Ainda posso ajudar? Responda aqui.");
    var params = chatwoot.in("53").getFirst().path("template_params");
    assertThat(params.path("name").asString("")).isEqualTo("retomar");
    assertThat(params.path("processed_params").path("body").path("1").asString(""))
        .isEqualTo("Ainda posso ajudar?");
  }

  @Test
  void outside_the_channels_window_and_without_a_template_nothing_is_posted() {
    chatwoot.closed.add("54");
    release(on("whatsapp", "54", "/follow-up/9", "Ainda posso ajudar?"));

    assertThat(deliveries("54", 1).getFirst().status()).isEqualTo(DeliveryStatus.REFUSED);
    assertThat(deliveries("54", 1).getFirst().detail()).contains("so long after");
    assertThat(chatwoot.in("54")).isEmpty();
  }

  @Test
  void a_channel_that_asks_to_be_left_alone_for_a_while_is() {
    chatwoot.failing.put("55", new AtomicLong(1));
    chatwoot.status.put("55", 429);
    release(reply("55", "Olá!"));

    assertThat(deliveries("55", 1).getFirst().status()).isEqualTo(DeliveryStatus.POSTED);
    List<Instant> posts = Objects.requireNonNull(chatwoot.posts.get("55"));
    assertThat(Duration.between(posts.getFirst(), posts.getLast()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
  }

  @Test
  void choices_are_pressed_where_the_channel_has_that_and_numbered_elsewhere() {
    List<Content> few = List.of(Content.of("Sim"), Content.of("Não"));
    List<Content> longer =
        List.of(Content.of("Furadeira de Impacto 650 W"), Content.of("Furadeira 500 W"));
    release(on("web", "61", "", "Qual?").offering(longer));
    release(on("whatsapp", "62", "", "Posso?").offering(few));
    release(on("whatsapp", "63", "", "Qual?").offering(longer));
    release(on("facebook", "64", "", "Posso?").offering(few));

    List.of("61", "62", "63", "64").forEach(conversation -> deliveries(conversation, 1));
    var web = chatwoot.in("61").getFirst();
    assertThat(web.path("content_type").asString("")).isEqualTo("input_select");
    assertThat(web.path("content").asString("")).isEqualTo("Qual?");
    assertThat(web.path("content_attributes").path("items").toString())
        .isEqualTo(
            "[{\"title\":\"Furadeira de Impacto 650 W\",\"value\":\"Furadeira de Impacto 650 W\"},"
                + "{\"title\":\"Furadeira 500 W\",\"value\":\"Furadeira 500 W\"}]");
    assertThat(web.path("content_attributes").path("crew_reply_key").asString("")).isNotEmpty();
    assertThat(chatwoot.in("62").getFirst().path("content_type").asString(""))
        .isEqualTo("input_select");
    assertThat(chatwoot.texts("63"))
        .containsExactly("Qual?\n\n1. Furadeira de Impacto 650 W\n2. Furadeira 500 W");
    assertThat(chatwoot.texts("64")).containsExactly("Posso?\n\n1. Sim\n2. Não");
    assertThat(chatwoot.in("64").getFirst().has("content_type")).isFalse();
  }

  private static ReleasedReply handedOver(String conversation, @Nullable String team) {
    return reply(LOJA, conversation, ReplyKind.HANDOVER, "Já chamo alguém.", "why", inAMinute())
        .addressed(team, "pt");
  }

  private static List<String> given(String conversation) {
    return chatwoot.changes.stream()
        .filter(change -> change.startsWith(conversation + " assignments"))
        .toList();
  }

  @Test
  void a_handover_goes_to_its_team_and_there_to_somebody_who_is_online() {
    chatwoot.agents.putAll(Map.of(1L, "online", 2L, "online"));
    chatwoot.sellers.clear();
    chatwoot.sellers.putAll(Map.of(7L, "offline", 8L, "online", 9L, "busy"));
    release(handedOver("71", "Vendas"));
    chatwoot.assigned.add("72");
    release(handedOver("72", "vendas"));
    release(handedOver("73", "no such team"));

    List.of("71", "72", "73").forEach(conversation -> deliveries(conversation, 1));
    assertThat(given("71"))
        .containsExactly(
            "71 assignments bot-token {\"team_id\":4}",
            "71 assignments bot-token {\"assignee_id\":8}");
    assertThat(given("72")).as("somebody has it already").isEmpty();
    assertThat(given("73")).containsExactly("73 assignments bot-token {\"assignee_id\":2}");
    assertThat(chatwoot.texts("71")).containsExactly("Já chamo alguém.", "why");
  }

  @Test
  void where_nobody_is_online_the_customer_reads_so_and_the_team_has_it() {
    chatwoot.sellers.clear();
    release(handedOver("74", "vendas"));

    deliveries("74", 1);
    assertThat(given("74")).containsExactly("74 assignments bot-token {\"team_id\":4}");
    assertThat(chatwoot.texts("74").getFirst())
        .isEqualTo(
            "Já chamo alguém. No momento ninguém da equipe está on-line; quem voltar primeiro responde por aqui.");
  }

  @Test
  void a_person_reads_the_choices_of_a_suggestion_with_their_numbers() {
    release(
        reply(LOJA, "65", ReplyKind.SUGGESTION, "Posso?", "Sugestão", inAMinute())
            .offering(List.of(Content.of("Sim"), Content.of("Não"))));

    deliveries("65", 1);
    assertThat(chatwoot.texts("65")).containsExactly("Sugestão\n\nPosso?\n\n1. Sim\n2. Não");
    assertThat(chatwoot.in("65").getFirst().path("private").asBoolean(false)).isTrue();
  }

  private static ReleasedReply on(String channel, String conversation, String key, String text) {
    return on(LOJA, channel, conversation, key, text);
  }

  private static ReleasedReply on(
      AccountId account, String channel, String conversation, String key, String text) {
    TurnId turn = Shop.id(account, "chatwoot-" + conversation, 1);
    return new ReleasedReply(
        turn,
        1,
        turn + key,
        ReplyKind.REPLY,
        List.of(Content.of(text)),
        null,
        channel,
        "1",
        1,
        Instant.now(),
        inAMinute());
  }

  @Test
  void where_a_person_wrote_meanwhile_nothing_is_said() {
    chatwoot.add(
        "17",
        """
        {"message_type":1,"private":false,"content":"Eu cuido","sender":{"type":"user"}}
        """);
    release(reply("17", "Olá!"));

    assertThat(deliveries("17", 1).getFirst().status())
        .isEqualTo(DeliveryStatus.WITHHELD_HUMAN_WROTE);
    assertThat(chatwoot.texts("17")).containsExactly("Eu cuido");
  }

  @Test
  void during_a_pause_a_reply_goes_back_to_the_conversation_and_nothing_is_said() {
    try (var pauses = new Pauses(log.clients(), Clock.systemUTC())) {
      pauses.pause(LOJA, "test", "test");
      await().atMost(SOON).until(() -> publisher.isPaused(LOJA));
      release(reply("31", "Olá!"));

      Delivery delivery = deliveries("31", 1).getFirst();
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.WITHHELD_PAUSED);
      assertThat(Objects.requireNonNull(delivery.withheld()).parts())
          .containsExactly(Content.of("Olá!"));
      assertThat(chatwoot.texts("31")).isEmpty();

      pauses.resume(LOJA);
      await().atMost(SOON).until(() -> !publisher.isPaused(LOJA));
      release(reply("31", "Olá!"));
      assertThat(deliveries("31", 2).getLast().status()).isEqualTo(DeliveryStatus.POSTED);
    }
  }

  @Test
  void a_person_who_takes_over_reads_the_note_of_a_handover_and_the_customer_nothing() {
    chatwoot.add(
        "32",
        """
        {"message_type":1,"private":false,"content":"Eu cuido","sender":{"type":"user"}}
        """);
    ReleasedReply reply = reply("32", "Vou chamar uma pessoa.");
    release(
        new ReleasedReply(
            reply.turn(),
            1,
            reply.replyKey(),
            ReplyKind.HANDOVER,
            reply.parts(),
            Content.of("O cliente quer uma pessoa."),
            "web",
            "1",
            reply.replyTo(),
            reply.releasedAt(),
            reply.expiresAt()));

    assertThat(deliveries("32", 1).getFirst().status())
        .isEqualTo(DeliveryStatus.WITHHELD_HUMAN_WROTE);
    assertThat(chatwoot.texts("32")).containsExactly("Eu cuido", "O cliente quer uma pessoa.");
  }

  @Test
  void a_private_note_of_a_person_withholds_nothing() {
    chatwoot.add(
        "18",
        "{\"message_type\":1,\"private\":true,\"content\":\"?\",\"sender\":{\"type\":\"user\"}}");
    release(reply("18", "Olá!"));

    assertThat(deliveries("18", 1).getFirst().status()).isEqualTo(DeliveryStatus.POSTED);
  }

  @Test
  void what_comes_too_late_is_not_said() {
    release(
        reply(
            LOJA, "19", ReplyKind.REPLY, "Olá!", null, Instant.now().minus(Duration.ofSeconds(1))));

    assertThat(deliveries("19", 1).getFirst().status()).isEqualTo(DeliveryStatus.EXPIRED);
    assertThat(chatwoot.in("19")).isEmpty();
  }

  @Test
  void what_chatwoot_does_not_take_until_it_expires_is_given_up() {
    chatwoot.failing.put("20", new AtomicLong(1_000));
    release(
        reply(
            LOJA, "20", ReplyKind.REPLY, "Olá!", null, Instant.now().plus(Duration.ofSeconds(1))));

    assertThat(deliveries("20", 1).getFirst().status()).isEqualTo(DeliveryStatus.EXPIRED);
    assertThat(chatwoot.in("20")).isEmpty();
  }

  @Test
  void for_an_account_without_chatwoot_or_without_settings_it_is_refused() {
    for (AccountId account : List.of(CLINICA, new AccountId("nobody"))) {
      release(reply(account, "21", ReplyKind.REPLY, "Olá!", null, inAMinute()));
    }

    assertThat(deliveries("21", 2))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.REFUSED, DeliveryStatus.REFUSED);
    assertThat(chatwoot.in("21")).isEmpty();
  }

  @Test
  void a_handover_says_its_words_leaves_one_note_and_opens_the_conversation() {
    ReleasedReply handover =
        reply(LOJA, "22", ReplyKind.HANDOVER, "Já chamo alguém.", "odoo is down", inAMinute());
    release(handover);
    release(handover);

    deliveries("22", 2);

    assertThat(chatwoot.texts("22")).containsExactly("Já chamo alguém.", "odoo is down");
    assertThat(chatwoot.in("22"))
        .extracting(m -> m.path("private").asBoolean(false))
        .containsExactly(false, true);
    assertThat(chatwoot.changes).contains("22 toggle_status bot-token");
  }

  @Test
  void a_handover_is_finished_by_who_finds_its_words_posted() {
    var reply = reply(LOJA, "23", ReplyKind.HANDOVER, "Já chamo alguém.", "why", inAMinute());
    chatwoot.add(
        "23",
        "{\"message_type\":1,\"content\":\"Já chamo alguém.\",\"content_attributes\":{\"crew_reply_key\":\"%s\"}}"
            .formatted(reply.replyKey()));
    release(reply);

    assertThat(deliveries("23", 1).getFirst().status()).isEqualTo(DeliveryStatus.FOUND_POSTED);
    assertThat(chatwoot.texts("23")).containsExactly("Já chamo alguém.", "why");
    assertThat(chatwoot.changes).contains("23 toggle_status bot-token");
  }

  @Test
  void a_suggestion_is_a_private_note() {
    release(reply(LOJA, "24", ReplyKind.SUGGESTION, "Olá!", null, inAMinute()));

    deliveries("24", 1);
    assertThat(chatwoot.in("24").getFirst().path("private").asBoolean(false)).isTrue();
  }

  @Test
  void one_conversation_that_hangs_does_not_hold_up_another() {
    var held = new CountDownLatch(1);
    chatwoot.holding.put("25", held);
    try {
      release(reply("25", "hangs"));
      await().atMost(SOON).until(() -> chatwoot.in("25").size() == 1);
      release(reply("26", "Olá!"));

      assertThat(deliveries("26", 1).getFirst().status()).isEqualTo(DeliveryStatus.POSTED);
      assertThat(ofConversation("25")).isEmpty();
    } finally {
      held.countDown();
    }
    deliveries("25", 1);
  }

  @Test
  void what_cannot_be_read_is_parked_and_what_comes_after_it_is_posted() {
    log.write(Topics.REPLIES, "loja/chatwoot-27", new byte[] {9, 9, 9}, Map.of());
    release(reply("27", "Olá!"));

    deliveries("27", 1);
    await()
        .atMost(SOON)
        .until(() ->
            log.read(Topics.parkedOf(Topics.REPLIES)).stream()
                .map(Parked::value)
                .anyMatch(v -> v != null && v.toArray().length == 3));
  }

  @Test
  void liquid_in_a_reply_is_not_rendered_by_chatwoot() {
    release(reply("28", "Use {{contact.name}} e {% if %}"));

    deliveries("28", 1);
    assertThat(chatwoot.texts("28").getFirst())
        .doesNotContain("{{")
        .doesNotContain("{%")
        .contains("contact.name");
  }

  @Test
  void typing_is_shown_while_a_turn_is_worked_whose_answer_the_customer_will_read() {
    TurnId turn = shown();

    say(
        turn,
        new Concluded(turn, 1, OutcomeKind.SILENCE, List.of(), null, "", List.of()),
        Map.of());

    await().atMost(SOON).until(() -> "off".equals(chatwoot.typing.get("41")));
  }

  private static TurnId shown() {
    TurnId turn = Shop.id(LOJA, "chatwoot-41", 1);
    chatwoot.typing.remove("41");
    var claimed = new Claimed(turn, 1);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          // Said again until somebody listens: what was claimed before is not shown.
          say(turn, claimed, Map.of("crew_answers", "1"));
          return "on".equals(chatwoot.typing.get("41"));
        });
    return turn;
  }

  @Test
  void typing_is_not_shown_where_a_person_sends_the_answer_or_it_is_there_at_once() {
    shown();
    TurnId quick = Shop.id(LOJA, "chatwoot-43", 1);
    say(Shop.id(LOJA, "chatwoot-42", 1), new Claimed(Shop.id(LOJA, "chatwoot-42", 1), 1), Map.of());
    say(quick, new Claimed(quick, 1), Map.of("crew_answers", "1"));
    say(
        quick,
        new Concluded(quick, 1, OutcomeKind.SILENCE, List.of(), null, "", List.of()),
        Map.of());
    TurnId last = Shop.id(LOJA, "chatwoot-44", 1);
    say(last, new Claimed(last, 1), Map.of("crew_answers", "1"));

    await().atMost(SOON).until(() -> "on".equals(chatwoot.typing.get("44")));
    assertThat(chatwoot.typing).doesNotContainKeys("42", "43");
  }

  private static void say(TurnId turn, WorkEvent event, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("ce_id", turn + "/" + event.getClass().getSimpleName());
    var work = new Work("w", Instant.now(), event);
    log.write(Topics.WORK, turn.conversation().toString(), Topics.WORK.serde().toBytes(work), all);
  }

  @Test
  void a_line_that_only_says_what_is_being_done_is_posted_once_and_never_over_a_person() {
    ReleasedReply line = holding("45", Duration.ofSeconds(30));
    release(line);
    release(line);
    release(reply("45", "Temos 12."));
    chatwoot.add(
        "46",
        """
        {"content":"Oi, sou a Ana","message_type":1,"private":false,"sender":{"type":"user"},"content_attributes":{}}
        """);
    release(holding("46", Duration.ofSeconds(30)));
    release(holding("47", Duration.ofSeconds(-1)));

    deliveries("45", 3);
    assertThat(chatwoot.texts("45")).containsExactly("Um momento.", "Temos 12.");
    assertThat(deliveries("46", 1).getFirst().status())
        .isEqualTo(DeliveryStatus.WITHHELD_HUMAN_WROTE);
    assertThat(deliveries("47", 1).getFirst().status()).isEqualTo(DeliveryStatus.EXPIRED);
    assertThat(chatwoot.texts("47")).isEmpty();
  }

  private static ReleasedReply holding(String conversation, Duration life) {
    TurnId turn = Shop.id(LOJA, "chatwoot-" + conversation, 1);
    return new ReleasedReply(
        turn,
        1,
        turn + ReleasedReply.HOLDING,
        ReplyKind.REPLY,
        List.of(Content.of("Um momento.")),
        null,
        "web",
        "1",
        1,
        Instant.now(),
        Instant.now().plus(life));
  }

  private static ReleasedReply reply(String conversation, String text) {
    return reply(LOJA, conversation, ReplyKind.REPLY, text, null, inAMinute());
  }

  private static ReleasedReply reply(
      AccountId account,
      String conversation,
      ReplyKind kind,
      String text,
      @Nullable String note,
      Instant expires) {
    TurnId turn = Shop.id(account, "chatwoot-" + conversation, 1);
    return new ReleasedReply(
        turn,
        1,
        turn.toString(),
        kind,
        List.of(Content.of(text)),
        note == null ? null : Content.of(note),
        "web",
        "1",
        1,
        Instant.now(),
        expires);
  }

  private static Instant inAMinute() {
    return Instant.now().plus(Duration.ofMinutes(1));
  }

  private static void release(ReleasedReply reply) {
    log.write(Topics.REPLIES, reply.turn().conversation().toString(), reply);
  }

  private static List<Delivery> deliveries(String conversation, int count) {
    await().atMost(SOON).until(() -> ofConversation(conversation).size() >= count);
    List<Delivery> deliveries = ofConversation(conversation);
    assertThat(deliveries).hasSize(count);
    return deliveries;
  }

  private static List<Delivery> ofConversation(String conversation) {
    return log.read(Topics.DELIVERIES).stream()
        .filter(d -> d.turn().conversation().conversation().equals("chatwoot-" + conversation))
        .toList();
  }
}
