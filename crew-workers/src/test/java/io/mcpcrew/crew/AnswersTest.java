package io.mcpcrew.crew;

import static io.mcpcrew.crew.Shop.LOJA;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Worked FOUND = new Worked.Say("Temos 12.", List.of(), List.of());
  private static final Worked LOST = new Worked.Person("odoo did not answer", List.of());

  @Test
  void what_was_asked_first_is_answered_first() {
    Concluded end = concluded(List.of(task("trena"), task("nível")), FOUND, said("Custa R$ 10."));

    assertThat(end.outcome()).isEqualTo(OutcomeKind.REPLY);
    assertThat(end.reply())
        .extracting(Content::readable)
        .containsExactly("Temos 12.", "Custa R$ 10.");
  }

  @Test
  void what_cannot_be_had_is_said_at_its_place_and_named_in_the_customers_words() {
    Concluded end = concluded(List.of(task("serrote"), task("trena")), LOST, FOUND);

    assertThat(end.outcome()).isEqualTo(OutcomeKind.HANDOVER);
    assertThat(end.reply())
        .singleElement()
        .extracting(Content::readable)
        .asString()
        .startsWith("Sobre serrote: isso eu não consegui ver agora.\n\nTemos 12.\n\n");
  }

  @Test
  void where_nothing_was_found_no_excuse_stands_beside_the_sentence_that_a_person_goes_on() {
    assertThat(concluded(List.of(task("serrote"), task("trena")), LOST, LOST).reply()).isEmpty();
  }

  @Test
  void the_person_reads_who_it_is_what_was_tried_and_what_to_write_on_one_screen() {
    Concluded end = concluded(List.of(task("serrote")), LOST);

    String note = Objects.requireNonNull(end.note()).readable();
    assertThat(note.lines())
        .containsExactly(
            "Quem: contato contact-1, whatsapp, escreve em pt",
            "Já tentado: odoo__find_products: odoo did not answer",
            "Sugestão de resposta: “Olá! Já estou vendo serrote para você.”");
    assertThat(note).hasSizeLessThan(700);
  }

  @Test
  void who_takes_over_is_the_team_of_the_first_wish_that_is_left_to_a_person() {
    assertThat(concluded(List.of(task("serrote"), task("trena")), FOUND, LOST).team())
        .isEqualTo("team 1");
    assertThat(concluded(List.of(task("trena")), FOUND).team()).isNull();
  }

  @Test
  void what_may_be_answered_belongs_to_a_reply_and_not_to_a_handover() {
    Worked asked = new Worked.Ask("Posso?", List.of("Sim", "Não"), List.of());

    assertThat(concluded(List.of(task("trena"), task("serrote")), FOUND, asked).choices())
        .containsExactly(Content.of("Sim"), Content.of("Não"));
    assertThat(concluded(List.of(task("trena"), task("serrote")), asked, LOST).choices()).isEmpty();
  }

  private static Worked said(String text) {
    return new Worked.Say(text, List.of(), List.of());
  }

  private static Task task(String product) {
    return Shop.task("product.info", "product", product);
  }

  private static Concluded concluded(List<Task> tasks, Worked... worked) {
    Turn turn = Shop.turn(Shop.id(LOJA, "1", 1), 1, "pt", tasks.toArray(Task[]::new));
    return Answers.conclude(
        turn,
        List.of(worked),
        "pt",
        List.of("odoo__find_products: odoo did not answer"),
        IntStream.range(0, worked.length).mapToObj(i -> Optional.of("team " + i)).toList());
  }
}
