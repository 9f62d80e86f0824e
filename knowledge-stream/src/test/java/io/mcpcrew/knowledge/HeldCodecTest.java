package io.mcpcrew.knowledge;

import static io.mcpcrew.knowledge.Observations.after;
import static io.mcpcrew.knowledge.Observations.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.knowledge.memory.Decision;
import io.mcpcrew.knowledge.memory.Held;
import io.mcpcrew.knowledge.memory.KnowledgeMachine;
import io.mcpcrew.schemas.wire.WireFailure;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldCodecTest {
  private final HeldCodec codec = new HeldCodec();

  @Test
  void whatIsStoredIsWhatIsReadBack() {
    Held held = held();

    assertThat(codec.fromBytes(codec.toBytes(held))).isEqualTo(held);
  }

  @Test
  void whatIsCutOffOrOfAnotherFormatIsSaidToBeUnreadable() {
    byte[] whole = codec.toBytes(held());
    byte[] foreign = whole.clone();
    foreign[0] = 9;

    assertThatThrownBy(() -> codec.fromBytes(foreign))
        .isInstanceOf(WireFailure.class)
        .hasMessageContaining("format 9");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.fromBytes(cut)).isInstanceOf(WireFailure.class);
    }
  }

  private static Held held() {
    if (KnowledgeMachine.decide(null, price("1.00", 5), after(6))
        instanceof Decision.Opened(Held opened)) {
      return new Held(
          opened.item(), opened.observedAt(), opened.announcedAt(), List.of("a", "ção"), List.of());
    }
    throw new AssertionError("a first observation opens");
  }
}
