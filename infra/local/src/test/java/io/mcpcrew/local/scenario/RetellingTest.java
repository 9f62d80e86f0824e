package io.mcpcrew.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.playbook.Playbooks;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Intent;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetellingTest {
  private static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");
  private static final ConversationKey KEY = ConversationKey.of("loja", "chatwoot-7");
  private static final TurnId TURN = new TurnId(KEY, 1);
  private static final String RECORDS =
      """
      {"records": [{"id": 9, "code": "NIV", "name": "Nível a laser", "price": 249.9, "currency": "BRL",
       "in_stock": true, "available": 4}]}\
      """;
  private static final String SAID = "Nível a laser custa R$ 249,90";

  private final Scenarios scenarios = new Scenarios(Crews.with(null), Playbooks.with(null));

  private static Retelling.Recorded recorded(String reply, ConversationEvent... people) {
    var turn =
        new Turn(
            TURN,
            1,
            List.of(new Line(Author.CUSTOMER, Content.of("quanto custa o nível a laser?"), NOON)),
            List.of(),
            List.of(),
            List.of(new Task(new Intent("product.info", 1, "rules", "", "pt"), List.of(), "sales")),
            List.of(),
            "whatsapp",
            "1",
            "pt",
            Autonomy.ANSWER,
            "v1",
            1,
            null,
            NOON,
            NOON.plusSeconds(90),
            null);
    var step =
        new Step(
            TURN,
            1,
            "1/product-info/1",
            StepKind.TOOL,
            "odoo__catalog",
            "h",
            true,
            Content.of(RECORDS),
            null,
            NOON,
            1,
            0,
            0,
            0);
    var end =
        new Concluded(
            TURN, 1, OutcomeKind.REPLY, List.of(Content.of(reply)), null, "answered", List.of());
    var tool =
        new Tool(
            "odoo__catalog",
            "catalog",
            "catalog.find",
            "Catalogue",
            "",
            "{}",
            null,
            EffectClass.READ,
            null,
            "p");
    return new Retelling.Recorded(
        KEY,
        List.of(turn),
        List.of(step),
        Map.of(TURN, end),
        List.of(people),
        Map.of(tool.name(), tool));
  }

  private static ConversationEvent note(String text) {
    return new ConversationEvent(
        "e1",
        KEY,
        EventKind.NOTE,
        "message_created",
        Author.HUMAN_AGENT,
        2L,
        Content.of(text),
        List.of(),
        null,
        "whatsapp",
        "1",
        null,
        NOON.plusSeconds(5),
        NOON.plusSeconds(5),
        "account_webhook");
  }

  private List<String> failures(Retelling.Recorded recorded) {
    String yaml = Retelling.of(recorded).orElseThrow();
    return scenarios.play("a.yaml", yaml).getFirst().failures();
  }

  @Test
  void a_conversation_of_the_log_plays_again_to_the_same() {
    assertThat(failures(recorded(SAID))).isEmpty();
  }

  @Test
  void what_a_person_has_corrected_fails_until_the_agent_says_it() {
    assertThat(failures(recorded("Não sei.", note("/corrigir " + SAID)))).isEmpty();
    assertThat(failures(recorded(SAID, note("/corrigir Custa R$ 199,00 até sexta."))))
        .singleElement()
        .asString()
        .contains("the reply lacks “Custa R$ 199,00 até sexta.”");
  }

  @Test
  void what_the_agent_said_wrongly_stands_beside_what_is_right() {
    assertThat(Retelling.of(recorded("Não sei.", note("/corrigir É R$ 10."))).orElseThrow())
        .contains("# The agent said: \"Não sei.\"");
  }

  @Test
  void where_there_was_no_turn_there_is_no_scenario() {
    var none = new Retelling.Recorded(KEY, List.of(), List.of(), Map.of(), List.of(), Map.of());

    assertThat(Retelling.of(none)).isEmpty();
  }
}
