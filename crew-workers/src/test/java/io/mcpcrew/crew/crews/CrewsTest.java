package io.mcpcrew.crew.crews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrewsTest {
  private static final String SMALL = "{name: frete, intents: [freight.price]}";

  @Test
  void six_crews_come_with_the_program() {
    assertThat(Crews.shipped().all().stream().map(Crew::name))
        .containsExactlyInAnyOrder(
            "concierge", "sales", "support", "orders", "billing", "scheduling");
  }

  @ParameterizedTest
  @CsvSource({
    "sales,order.create,true",
    "support,company.hours,true",
    "billing,invoice.open,true",
    "billing,invoices,false",
    "orders,order.create,false",
  })
  void a_crew_is_there_for_its_intents(String crew, String intent, boolean isFor) {
    assertThat(Crews.shipped().named(crew).orElseThrow().isFor(intent)).isEqualTo(isFor);
  }

  @Test
  void what_a_file_leaves_out_has_its_default() {
    Crew crew = Crews.read("frete.yaml", SMALL);

    assertThat(crew.worksIn("whatsapp")).isTrue();
    assertThat(crew.guard("numbers")).isEqualTo(Crew.Guard.ENFORCE);
    assertThat(crew.limits())
        .isEqualTo(new Crew.Limits(12, 20_000, new BigDecimal("0.10"), Duration.ofSeconds(45)));
    assertThat(crew.style().languageFor("es")).isEqualTo("es");
    assertThat(crew.tasks().order()).isEqualTo(Crew.Order.SEQUENTIAL);
  }

  @Test
  void what_a_file_says_is_read() {
    Crew crew =
        Crews.read(
            "frete.yaml",
            """
            name: frete
            channels: [whatsapp]
            intents: [freight.price]
            agents: [{name: driver, role: Driver, goal: Arrive, tools: [map__route], model: small}]
            tasks: {order: parallel, list: [{agent: driver, task: Drive}]}
            style: {language: pt, signature: {pt: "Equipe"}, emoji: true}
            guardrails: {numbers: report}
            limits: {steps: 3, time: PT20S}
            escalation: {team: frota, when: ["attachments > 0"]}
            """);

    assertThat(crew.worksIn("email")).isFalse();
    assertThat(crew.agents().getFirst().model()).isEqualTo("small");
    assertThat(crew.tasks().order()).isEqualTo(Crew.Order.PARALLEL);
    assertThat(crew.guard("numbers")).isEqualTo(Crew.Guard.REPORT);
    assertThat(crew.limits().steps()).isEqualTo(3);
    assertThat(crew.style().signatureIn("es")).contains("Equipe");
    assertThat(crew.style().languageFor("es")).isEqualTo("pt");
    assertThat(crew.escalation().when()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{intents: []}                                                          | at /: required property 'name' not found",
        "{name: Frete, intents: []}                                             | at /name",
        "{name: frete, intents: [], agents: [{name: a, role: b}]}               | at /agents/0: required property 'goal' not found",
        "{name: frete, intents: [], colour: red}                                | property 'colour'",
        "{name: frete, intents: [], guardrails: {numbers: loud}}                | at /guardrails/numbers",
        "{name: frete, intents: [], limits: {steps: 0}}                         | at /limits/steps",
        "{name: frete, intents: [], tasks: {list: [{agent: nobody, task: x}]}}  | /tasks/list/0/agent: there is no agent nobody",
        "{name: frete, intents: [], escalation: {when: ['attachmints > 0']}}    | attachmints",
        "[1, 2]                                                                 | at /",
      })
  void a_wrong_file_is_refused_with_its_name_and_the_path(String yaml, String told) {
    assertThatThrownBy(() -> Crews.read("frete.yaml", yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("frete.yaml is wrong")
        .hasMessageContaining(told);
  }

  @Test
  void an_operators_crew_stands_in_for_one_of_the_same_name(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("sales.yaml"), "{name: sales, intents: [], channels: [web]}");
    Files.writeString(folder.resolve("frete.yaml"), SMALL);
    Files.writeString(folder.resolve("notes.txt"), "not a crew");

    Crews crews = Crews.with(folder);

    assertThat(crews.all()).hasSize(7);
    assertThat(crews.of("sales", "web").channels()).containsExactly("web");
    assertThat(crews.of("frete", "web").name()).isEqualTo("frete");
  }

  @Test
  void what_no_crew_works_is_the_concierges(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("sales.yaml"), "{name: sales, intents: [], channels: [web]}");

    Crews crews = Crews.with(folder);

    assertThat(crews.of("nobody", "web").name()).isEqualTo("concierge");
    assertThat(crews.of("sales", "whatsapp").name()).isEqualTo("concierge");
  }
}
