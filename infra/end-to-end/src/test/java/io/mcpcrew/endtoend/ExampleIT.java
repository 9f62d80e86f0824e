package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.local.Platform;
import io.mcpcrew.local.command.WhatsAppFlow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The stories that `./crew example` tells.
@Tag("slow")
@Timeout(180)
class ExampleIT {
  @Test
  void a_question_a_search_and_an_order_on_whatsapp_end_with_an_order_in_odoo(@TempDir Path data)
      throws Exception {
    var told = new ByteArrayOutputStream();
    try (Platform platform = Started.platform(data);
        var out = new PrintStream(told, true, StandardCharsets.UTF_8)) {
      String order = new WhatsAppFlow(platform.running(), out).play();

      assertThat(order).matches("S\\d+");
      assertThat(told.toString(StandardCharsets.UTF_8))
          .containsSubsequence(
              "cliente>", "18h", "R$ 289,90", "Criei o orçamento", "Odoo: sale.order " + order);
    }
  }
}
