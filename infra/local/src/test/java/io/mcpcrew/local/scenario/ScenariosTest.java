package io.mcpcrew.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.playbook.Playbooks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenariosTest {
  private static final Path SHIPPED =
      Path.of("src/main/resources/io/mcpcrew/local/scenarios").toAbsolutePath();

  private final Scenarios scenarios = new Scenarios(Crews.shipped(), Playbooks.shipped());

  @Test
  void every_shipped_conversation_goes_as_it_is_written_down() throws IOException {
    List<Played> played = scenarios.playAll(SHIPPED);

    assertThat(played.stream().filter(p -> !p.isGood()).map(Played::told)).isEmpty();
    assertThat(played).hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void what_goes_otherwise_is_told_with_the_message_and_the_reply() {
    List<Played> played =
        scenarios.play(
            "one.yaml",
            """
            account: loja
            conversations:
              - name: wrong
                messages:
                  - {customer: oi, intent: thanks, calls: [catalog.find], reply: [tchau], hands_over: true}
            """);

    assertThat(played.getFirst().failures())
        .hasSize(4)
        .allSatisfy(failure -> assertThat(failure).contains("“oi”", "reply: Olá!"));
  }

  @Test
  void a_write_that_nobody_expects_is_a_failure() {
    List<Played> played =
        scenarios.play(
            "one.yaml",
            """
            account: loja
            conversations:
              - name: cancels
                messages:
                  - {customer: cancela o pedido S00021}
                  - {customer: sim}
            """);

    assertThat(played.getFirst().failures()).singleElement().asString().contains("wrote");
  }

  @Test
  void a_file_that_is_no_scenario_is_refused_with_its_name() {
    assertThatThrownBy(() -> scenarios.play("x.yaml", "account: loja\ncolour: red"))
        .hasMessageContaining("x.yaml is wrong");
    assertThatThrownBy(() -> scenarios.play("x.yaml", "account: nobody\nconversations: []"))
        .hasMessageContaining("no demo company nobody");
  }
}
