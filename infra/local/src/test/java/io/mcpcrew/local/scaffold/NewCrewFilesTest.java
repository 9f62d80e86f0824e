package io.mcpcrew.local.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.playbook.Playbooks;
import io.mcpcrew.local.scenario.Played;
import io.mcpcrew.local.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCrewFilesTest {
  @TempDir private Path root;

  @Test
  void a_new_playbook_passes_its_conversations_at_once() throws IOException {
    assertThat(new NewCrewFiles(root, "frete").playbook())
        .containsExactly("playbooks/frete.yaml", "scenarios/frete.yaml");

    List<Played> played =
        new Scenarios(Crews.shipped(), Playbooks.with(root.resolve("playbooks")))
            .playAll(root.resolve("scenarios"));

    assertThat(played).hasSize(2).allMatch(Played::isGood);
  }

  @Test
  void a_new_crew_is_one() throws IOException {
    new NewCrewFiles(root, "frete").crew();

    assertThat(Crews.with(root.resolve("crews")).named("frete")).isPresent();
  }

  @Test
  void nothing_that_is_there_is_overwritten_and_a_name_is_a_word() throws IOException {
    new NewCrewFiles(root, "frete").crew();

    assertThatThrownBy(() -> new NewCrewFiles(root, "frete").crew())
        .hasMessageContaining("crews/frete.yaml already");
    assertThatThrownBy(() -> new NewCrewFiles(root, "../frete")).hasMessageContaining("is a word");
  }
}
