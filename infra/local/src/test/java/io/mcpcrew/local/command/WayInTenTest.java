package io.mcpcrew.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.local.command.WayInTen.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WayInTenTest {
  private static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");

  private final List<Line> lines = new ArrayList<>();

  private void line(String stage, String text, @Nullable String turn) {
    lines.add(new Line(stage, text, NOON.plusMillis(10L * lines.size()), turn));
  }

  @Test
  void aWayOfAFewLinesIsToldAsItIs() {
    line("message", "message 1 of customer on whatsapp", null);
    line("gather", "1 message became one turn", "loja/chatwoot-7#1");
    line("deliver", "posted as message 2", "loja/chatwoot-7#1");

    assertThat(WayInTen.of(lines))
        .containsExactly(
            "    +0 ms  message    message 1 of customer on whatsapp",
            "   +10 ms  gather     1 message became one turn",
            "   +20 ms  deliver    posted as message 2");
  }

  @Test
  void aLongWayIsTenLinesInWhichNoStageIsMissing() {
    line("message", "message 1", null);
    line("edge", "message 1 on whatsapp", null);
    line("gather", "gathered", "t");
    line("intent", "an intent", "t");
    line("claim", "claimed", "t");
    for (int i = 0; i < 30; i++) {
      line("tool", "tool " + i, "t");
      line("record", "record " + i, "t");
    }
    line("conclude", "concluded", "t");
    line("release", "released", "t");
    line("deliver", "posted", "t");

    List<String> told = WayInTen.of(lines);

    assertThat(told).hasSizeLessThanOrEqualTo(10).noneMatch(text -> text.contains("edge"));
    for (String stage : List.of("message", "gather", "tool", "record", "release", "deliver")) {
      assertThat(told).anyMatch(text -> text.contains(" " + stage + " "));
    }
    assertThat(told).anyMatch(text -> text.contains("30: tool 0; tool 1;"));
  }

  @Test
  void theNewestTurnIsToldWithWhatWasReceivedForIt() {
    line("message", "message 1", null);
    line("gather", "first", "t#1");
    line("deliver", "posted", "t#1");
    line("message", "message 3", null);
    line("message", "message 4", null);
    line("gather", "second", "t#2");
    line("deliver", "posted again", "t#2");

    assertThat(WayInTen.newest(lines))
        .extracting(Line::text)
        .containsExactly("message 3", "message 4", "second", "posted again");
  }
}
