package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.local.command.TopicsCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicsPageTest {
  @Test
  void the_page_of_the_topics_is_what_the_program_installs() throws IOException {
    Path page = Path.of(System.getProperty("mcpcrew.root"), "docs/topics.md");
    if (Boolean.getBoolean("mcpcrew.write-docs")) {
      Files.writeString(page, TopicsCommand.markdown());
    }
    assertThat(Files.readString(page)).isEqualTo(TopicsCommand.markdown());
  }
}
