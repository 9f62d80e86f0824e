package io.mcpcrew.crew.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PostRuleTest {
  private static final Look NOTHING = new Look(OptionalLong.empty(), false);
  private static final Look PERSON = new Look(OptionalLong.empty(), true);
  private static final Look OURS = new Look(OptionalLong.of(7), false);

  @Test
  void what_a_fresh_look_does_not_show_is_posted() {
    assertThat(next(NOTHING, ReplyKind.REPLY, 0)).isEqualTo(PostRule.Next.POST);
    assertThat(next(NOTHING, ReplyKind.REPLY, 2_000)).isEqualTo(PostRule.Next.POST);
  }

  @Test
  void who_was_held_up_after_the_look_looks_again() {
    assertThat(next(NOTHING, ReplyKind.REPLY, 2_001)).isEqualTo(PostRule.Next.LOOK_AGAIN);
  }

  @Test
  void what_is_there_is_not_posted_again_however_old_the_look_and_the_reply() {
    assertThat(next(OURS, ReplyKind.REPLY, 60_000)).isEqualTo(PostRule.Next.FOUND_POSTED);
    assertThat(PostRule.next(reply(ReplyKind.REPLY), OURS, Duration.ZERO, at(601)))
        .isEqualTo(PostRule.Next.FOUND_POSTED);
  }

  @Test
  void nobody_is_talked_over_but_notes_are_for_the_person() {
    assertThat(next(PERSON, ReplyKind.REPLY, 0)).isEqualTo(PostRule.Next.WITHHOLD);
    assertThat(next(PERSON, ReplyKind.CLOSING, 0)).isEqualTo(PostRule.Next.WITHHOLD);
    assertThat(next(PERSON, ReplyKind.HANDOVER, 0)).isEqualTo(PostRule.Next.NOTE_ONLY);
    assertThat(next(PERSON, ReplyKind.SUGGESTION, 0)).isEqualTo(PostRule.Next.POST);
  }

  @Test
  void a_reply_expires() {
    assertThat(PostRule.next(reply(ReplyKind.REPLY), NOTHING, Duration.ZERO, at(600)))
        .isEqualTo(PostRule.Next.EXPIRED);
  }

  @Test
  void what_a_predecessor_may_be_posting_is_waited_for() {
    Instant assigned = at(60);

    assertThat(wait(assigned, at(60))).isEqualTo(PostRule.TAKEOVER_SETTLES);
    assertThat(wait(assigned, at(67))).isEqualTo(Duration.ofSeconds(2));
    assertThat(wait(assigned, at(70))).isZero();
  }

  @Test
  void what_no_predecessor_can_have_begun_is_not_waited_for() {
    assertThat(wait(at(3), at(3))).isZero();
  }

  private static Duration wait(Instant assigned, Instant now) {
    return PostRule.waitBeforeLook(reply(ReplyKind.REPLY), assigned, now);
  }

  private static PostRule.Next next(Look look, ReplyKind kind, long millisSince) {
    return PostRule.next(reply(kind), look, Duration.ofMillis(millisSince), at(1));
  }

  private static Instant at(long seconds) {
    return Shop.NOON.plusSeconds(seconds);
  }

  private static ReleasedReply reply(ReplyKind kind) {
    var turn = Shop.id(Shop.LOJA, "chatwoot-1", 1);
    return new ReleasedReply(
        turn,
        1,
        turn.toString(),
        kind,
        List.of(Content.of("Olá!")),
        null,
        "web",
        "1",
        1,
        Shop.NOON,
        at(600));
  }
}
