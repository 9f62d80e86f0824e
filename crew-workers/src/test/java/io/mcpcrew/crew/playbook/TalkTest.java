package io.mcpcrew.crew.playbook;

import static io.mcpcrew.crew.Shop.CLINICA;
import static io.mcpcrew.crew.Shop.LOJA;
import static io.mcpcrew.crew.Shop.NOON;
import static io.mcpcrew.crew.Shop.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.crew.tools.CrewTools;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What conversations may rely on beyond what the shipped scenarios show.
class TalkTest {
  private static final String CANCEL = "cancela o pedido S00021";
  private static final String SHOWN =
      "Vou cancelar o pedido S00021 (a caminho, total R$ 361,80). Posso cancelar?";

  private final Playbooks playbooks = Playbooks.shipped();
  private final Calls calls = new Calls();

  /// A shop with one customer and one order.
  private static final class Calls implements CrewTools {
    private final List<String> read = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    @Override
    public Answered read(String path, String capability, Map<String, Object> arguments) {
      read.add(path + " " + capability);
      return switch (capability) {
        case "contact.get" -> records(Map.of("id", 7, "name", "Ana", "phone", "+5511981234501"));
        case "customer.find" -> records(Map.of("id", 10, "name", "Ana"));
        case "catalog.find" ->
            records(Map.of("code", "TRE-5", "name", "Trena", "price", 24.9, "in_stock", true));
        case "price.for" -> records(Map.of("total", 49.8));
        default ->
            records(
                Map.of(
                    "name", "S00021", "state", "sale", "state_label", "a caminho", "total", 361.8));
      };
    }

    @Override
    public Answered call(String path, String capability, Map<String, Object> arguments) {
      written.add(path + " " + capability + " " + arguments);
      return records(Map.of("name", "S00021", "state", "cancel"));
    }

    private static Answered records(Map<String, Object> row) {
      return new Answered.Result(Map.of("records", List.of(row)));
    }
  }

  private Turn turn(
      AccountId account,
      long number,
      String text,
      Autonomy autonomy,
      List<Slot> memory,
      List<Line> history,
      Task task) {
    return new Turn(
        Shop.id(account, "7", number),
        1,
        List.of(new Line(Author.CUSTOMER, Content.of(text), NOON)),
        List.of(),
        history,
        List.of(task),
        memory,
        "whatsapp",
        "1",
        "pt",
        autonomy,
        "v1",
        number,
        "7",
        NOON,
        NOON.plusSeconds(60),
        null);
  }

  private Worked asked(Autonomy autonomy) {
    return worked(
        turn(
            LOJA,
            1,
            CANCEL,
            autonomy,
            List.of(),
            List.of(),
            task("order.cancel", "order", "S00021")));
  }

  private Worked answered(long number, String text, List<Slot> memory, Line... history) {
    return worked(
        turn(LOJA, number, text, Autonomy.ANSWER, memory, List.of(history), task("unknown")));
  }

  private Worked worked(Turn turn) {
    return new Talk(
            playbooks,
            turn,
            Shop.tenant(turn.turn().account()),
            turn.tasks().getFirst(),
            1,
            turn.memory(),
            calls)
        .worked();
  }

  private static Line ours(String text) {
    return new Line(Author.OUR_AGENT, Content.of(text), NOON);
  }

  private static List<Slot> memory(Worked worked) {
    assertThat(worked).isInstanceOf(Worked.Ask.class);
    return ((Worked.Ask) worked).memory();
  }

  @Test
  void a_yes_in_the_next_turn_writes_once_under_a_path_of_its_turn_and_task() {
    Worked shown = asked(Autonomy.ANSWER);
    assertThat(((Worked.Ask) shown).text()).isEqualTo(SHOWN);

    Worked done = answered(2, "sim", memory(shown), ours(SHOWN));

    assertThat(done).isInstanceOf(Worked.Say.class);
    assertThat(calls.written)
        .containsExactly("1/order-cancel/steps/6 order.cancel {customer_id=10, reference=S00021}");
  }

  @Test
  void another_attempt_of_the_turn_calls_at_the_same_places_with_the_same_arguments() {
    List<Slot> memory = memory(asked(Autonomy.ANSWER));
    calls.read.clear();

    Worked first = answered(2, "sim", memory, ours(SHOWN));
    List<String> read = List.copyOf(calls.read);
    calls.read.clear();
    Worked second = answered(2, "sim", memory, ours(SHOWN));

    assertThat(second).isEqualTo(first);
    assertThat(calls.read).isEqualTo(read);
    assertThat(calls.written).hasSize(2);
    assertThat(calls.written.getFirst()).isEqualTo(calls.written.getLast());
  }

  @Test
  void a_yes_to_a_text_that_the_customer_cannot_have_read_writes_nothing() {
    List<Slot> memory = memory(asked(Autonomy.ANSWER));

    assertThat(answered(2, "sim", memory)).isInstanceOf(Worked.Ask.class);
    assertThat(answered(2, "sim", memory, ours("Olá!"))).isInstanceOf(Worked.Ask.class);
    assertThat(answered(3, "sim", memory, ours(SHOWN))).isInstanceOf(Worked.Ask.class);
    assertThat(calls.written).isEmpty();
  }

  @Test
  void a_yes_after_a_persons_words_writes_nothing() {
    List<Slot> memory = memory(asked(Autonomy.ANSWER));
    var person = new Line(Author.HUMAN_AGENT, Content.of("Posso ajudar?"), NOON);

    Worked worked = answered(2, "sim", memory, ours(SHOWN), person);

    assertThat(((Worked.Ask) worked).text()).contains("Confira").endsWith(SHOWN);
    assertThat(calls.written).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Autonomy.class,
      names = {"OFF", "WATCH", "SUGGEST", "UNKNOWN"})
  void an_agent_that_may_only_suggest_writes_nothing(Autonomy autonomy) {
    List<Slot> memory = memory(asked(autonomy));

    Worked worked =
        worked(turn(LOJA, 2, "sim", autonomy, memory, List.of(ours(SHOWN)), task("unknown")));

    assertThat(worked).isInstanceOf(Worked.Person.class);
    assertThat(calls.written).isEmpty();
  }

  @Test
  void an_ok_to_a_question_that_is_forgotten_is_not_taken_for_a_yes() {
    Worked worked = answered(2, "ok", List.of(), ours(SHOWN));

    assertThat(worked).as("who wrote it means yes").isInstanceOf(Worked.Pass.class);
  }

  @Test
  void an_ok_to_an_answer_is_one() {
    Worked worked = answered(2, "ok, obrigada", List.of(), ours("Atendemos das 8h às 18h."));

    assertThat(((Worked.Say) worked).text()).startsWith("Certo!");
    assertThat(calls.read).isEmpty();
  }

  @Test
  void an_ok_before_we_have_said_anything_is_nobodys() {
    assertThat(answered(1, "ok", List.of())).isInstanceOf(Worked.Pass.class);
  }

  @Test
  void what_an_invitation_is_taken_up_for_stays_known_for_three_turns() {
    List<Slot> memory = memory(priced());

    for (long turn = 2; turn <= 4; turn++) {
      Worked taken = answered(turn, "quero 2", memory, ours("Custa R$ 24,90."));
      assertThat(((Worked.Ask) taken).text()).as("turn %d", turn).contains("2 x Trena");
    }
    assertThat(answered(5, "quero 2", memory, ours("Custa R$ 24,90.")))
        .isInstanceOf(Worked.Pass.class);
  }

  @Test
  void what_was_said_of_a_product_is_learnt_although_something_is_asked_behind_it() {
    assertThat(priced().used()).extracting(row -> row.get("code")).containsExactly("TRE-5");
  }

  private Worked priced() {
    return worked(
        turn(
            LOJA,
            1,
            "quanto custa a trena?",
            Autonomy.ANSWER,
            List.of(),
            List.of(),
            task("product.info", "product", "trena")));
  }

  @Test
  void what_an_account_has_asked_is_not_there_in_anothers_conversation() {
    Turn other =
        turn(CLINICA, 2, "sim", Autonomy.ANSWER, List.of(), List.of(ours(SHOWN)), task("unknown"));

    assertThat(worked(other)).isInstanceOf(Worked.Pass.class);
    assertThat(calls.written).isEmpty();
  }

  @Test
  void a_memory_that_cannot_be_read_is_forgotten_and_other_slots_are_kept() {
    var broken = new Slot(Flows.SLOT, Content.of("{not json"));
    var other = new Slot("voice-notes", Content.of("told"));

    Worked worked = answered(2, "deixa pra lá", List.of(broken, other));

    assertThat(((Worked.Say) worked).memory()).contains(other);
  }

  @Test
  void what_a_release_before_remembers_goes_on() {
    List<Slot> memory =
        memory(asked(Autonomy.ANSWER)).stream()
            .map(slot -> {
              String json = slot.value().readable();
              assertThat(json).contains("\"begun\":\"1/1\",");
              return new Slot(slot.name(), Content.of(json.replace("\"begun\":\"1/1\",", "")));
            })
            .toList();

    assertThat(answered(2, "sim", memory, ours(SHOWN))).isInstanceOf(Worked.Say.class);
    assertThat(calls.written).hasSize(1);
  }

  @Test
  void of_one_playbook_two_wishes_told_together_stay_and_one_of_an_earlier_turn_goes() {
    Playbook playbook = playbooks.named("complaint").orElseThrow();
    Flow first = Flow.begin(playbook, 5, "1");
    Flow second = Flow.begin(playbook, 5, "2").unasked();
    Flow earlier = Flow.begin(playbook, 4, "1");

    Flows both = Flows.NONE.first(earlier).first(first).last(second);

    assertThat(both.flows()).containsExactly(first, second);
    assertThat(both.first(first.missed(1)).flows()).containsExactly(first.missed(1), second);
    assertThat(both.over(first).flows()).containsExactly(second);
  }

  @Test
  void what_a_conversation_remembers_of_its_playbooks_is_bounded() {
    Flow flow = Flow.begin(playbooks.named("complaint").orElseThrow(), 1, "1");
    Flow large = flow.with("details", "x".repeat(20_000));

    assertThat(new Flows(List.of(large), 0, 0, "pt", "").in(List.of())).isEmpty();
    assertThat(new Flows(List.of(flow, large), 0, 0, "pt", "").in(List.of()))
        .singleElement()
        .satisfies(slot -> assertThat(slot.value().readable().length()).isLessThan(12_000));
  }
}
