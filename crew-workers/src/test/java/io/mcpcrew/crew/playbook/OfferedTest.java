package io.mcpcrew.crew.playbook;

import static io.mcpcrew.crew.Shop.LOJA;
import static io.mcpcrew.crew.Shop.NOON;
import static io.mcpcrew.crew.Shop.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.crew.tools.CrewTools;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a customer may press or number, and what then counts as the answer.
class OfferedTest {
  private static final String DELIVERY =
      """
      name: delivery
      intents: [delivery.book]
      title: {pt: a entrega, en: the delivery, es: la entrega}
      slots:
        period:
          choice:
            morning: {pt: "de manhã, cedo", en: "in the morning, early"}
            evening: {pt: "à noite, tarde", en: "in the evening, late"}
          ask: {pt: "Quando?", en: "When?"}
        time: {kind: time, ask: {pt: "A que horas?", en: "At what time?"}}
        place: {kind: text, ask: {pt: "Onde?", en: "Where?"}}
      steps:
        - ask: [period]
        - call: delivery.free
          with: {period: "{period}"}
          as: free
        - ask: [time]
          choices: free.records
          label: time
        - ask: [place]
          choices: [{pt: "Em casa", en: "At home"}, {pt: "No trabalho", en: "At work"}]
        - write: delivery.book
          with: {time: "{time}", place: "{place}", period: "{period}"}
          as: booked
          confirm: {pt: "Entrego às {{time}}: {{place}}. Pode ser?", en: "At {{time}}: {{place}}. Is that right?"}
          refused: {pt: "Certo, não marquei."}
        - say: {pt: "Marcado."}
      """;

  @TempDir Path folder;
  private final List<String> written = new ArrayList<>();
  private final List<Line> history = new ArrayList<>();
  private List<Slot> memory = List.of();
  private long number;

  private final CrewTools tools =
      new CrewTools() {
        @Override
        public Answered read(String path, String capability, Map<String, Object> arguments) {
          return new Answered.Result(
              Map.of("records", List.of(Map.of("time", "09:00"), Map.of("time", "14:30"))));
        }

        @Override
        public Answered call(String path, String capability, Map<String, Object> arguments) {
          written.add(capability + " " + arguments);
          return new Answered.Result(Map.of("records", List.of(Map.of("id", 1))));
        }
      };

  @BeforeEach
  void write() throws java.io.IOException {
    Files.writeString(folder.resolve("delivery.yaml"), DELIVERY);
  }

  private Worked says(String channel, String text, Task task) {
    var turn =
        new Turn(
            Shop.id(LOJA, "7", ++number),
            1,
            List.of(new Line(Author.CUSTOMER, Content.of(text), NOON)),
            List.of(),
            List.copyOf(history),
            List.of(task),
            memory,
            channel,
            "1",
            "pt",
            Autonomy.ANSWER,
            "v1",
            number,
            "7",
            NOON,
            NOON.plusSeconds(60),
            null);
    Worked worked =
        new Talk(Playbooks.with(folder), turn, Shop.tenant(LOJA), task, 1, memory, tools).worked();
    history.add(turn.messages().getFirst());
    switch (worked) {
      case Worked.Ask ask -> {
        memory = ask.memory();
        history.add(new Line(Author.OUR_AGENT, Content.of(ask.text()), NOON));
      }
      case Worked.Say say -> {
        memory = say.memory();
        history.add(new Line(Author.OUR_AGENT, Content.of(say.text()), NOON));
      }
      case Worked.Person _, Worked.Silence _, Worked.Pass _ -> {}
    }
    return worked;
  }

  private Worked says(String channel, String text) {
    return says(channel, text, task("unknown"));
  }

  private static List<String> choices(Worked worked) {
    assertThat(worked).isInstanceOf(Worked.Ask.class);
    return ((Worked.Ask) worked).choices();
  }

  private Worked begun(String channel) {
    return says(channel, "quero marcar a entrega", task("delivery.book"));
  }

  @Test
  void a_slot_of_choices_rows_texts_and_a_confirmation_are_offered_in_their_order() {
    assertThat(choices(begun("web"))).containsExactly("De manhã", "À noite");
    assertThat(choices(says("web", "De manhã"))).containsExactly("09:00", "14:30");
    assertThat(choices(says("web", "14:30"))).containsExactly("Em casa", "No trabalho");
    assertThat(choices(says("web", "No trabalho"))).containsExactly("Sim", "Não");

    assertThat(((Worked.Say) says("web", "Sim")).text()).isEqualTo("Marcado.");
    assertThat(written)
        .containsExactly("delivery.book {period=morning, place=No trabalho, time=14:30}");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 1",
    "a segunda, segunda, a última, sim",
    "à noite, às 14:30, no trabalho, pode",
    "2), 14h30, No Trabalho!, 1."
  })
  void a_number_a_place_or_the_words_answer_alike(
      String period, String time, String place, String yes) {
    begun("facebook");
    says("facebook", period);
    says("facebook", time);
    says("facebook", place);
    says("facebook", yes);

    assertThat(written).hasSize(1);
    assertThat(written.getFirst())
        .contains("period=evening", "time=14:30")
        .containsIgnoringCase("place=no trabalho");
  }

  @Test
  void where_yes_and_no_are_numbered_two_is_a_no() {
    begun("sms");
    says("sms", "1");
    says("sms", "1");
    says("sms", "1");

    assertThat(((Worked.Say) says("sms", "2")).text()).isEqualTo("Certo, não marquei.");
    assertThat(written).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "whatsapp"})
  void where_yes_and_no_are_pressed_a_number_is_neither(String channel) {
    begun(channel);
    says(channel, "1");
    says(channel, "1");
    says(channel, "1");

    assertThat(says(channel, "1")).isInstanceOf(Worked.Ask.class);
    assertThat(written).isEmpty();
  }

  @Test
  void other_words_are_an_answer_too_and_a_place_that_is_not_there_is_none() {
    begun("web");
    assertThat(choices(says("web", "3"))).as("asked again").containsExactly("De manhã", "À noite");
    says("web", "cedo");
    assertThat(choices(says("web", "às 10:15"))).containsExactly("Em casa", "No trabalho");
    assertThat(choices(says("web", "Rua das Oficinas, 120"))).containsExactly("Sim", "Não");
  }

  @Test
  void what_is_pressed_is_the_answer_whatever_else_its_words_may_mean() {
    begun("web");
    says("web", "De manhã");
    says("web", "14:30");

    Worked worked = says("web", "Em casa", task("product.info", "product", "casa"));

    assertThat(choices(worked)).containsExactly("Sim", "Não");
  }
}
