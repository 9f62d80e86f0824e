package io.mcpcrew.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.conversation.AccountGate;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.conversation.ShelfInMemory;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store of a release that kept conversations only is brought up to date, once.
class OneStoreTest {
  private static final AccountId ACCOUNT = new AccountId("loja");
  private static final Rules ONE_PLACE =
      new Rules(
          Fixtures.aShop(),
          new RuleFinder(Lexicon.builtIn()),
          new Rules.Limits(
              Rules.Limits.DEFAULT.lease(),
              Rules.Limits.DEFAULT.deadline(),
              Rules.Limits.DEFAULT.attempts(),
              Rules.Limits.DEFAULT.losses(),
              Rules.Limits.DEFAULT.backOff(),
              1,
              Rules.Limits.DEFAULT.replyLife(),
              Rules.Limits.DEFAULT.forgetAfter()));

  @TempDir private Path folder;
  private TestStore store;

  @BeforeEach
  @SuppressWarnings("NullAway.Init") // all is made here
  void start() {
    store = new TestStore(folder);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  /// One at work, and one that waits for its place.
  private static ShelfInMemory twoConversations() {
    var shelf = new ShelfInMemory();
    for (int i = 1; i <= 2; i++) {
      var key = new ConversationKey(ACCOUNT, "chatwoot-" + i);
      Instant at = Fixtures.NOON.plusSeconds(i);
      var said = new Input.Happened(Fixtures.customerWrites(key, i, "quanto custa a furadeira?"));
      shelf.keep(ACCOUNT, AccountGate.hear(shelf, key, said, at, ONE_PLACE));
      shelf.keep(
          ACCOUNT,
          AccountGate.hear(shelf, key, new Input.TimeCame(null), at.plusSeconds(30), ONE_PLACE));
    }
    return shelf;
  }

  @Test
  void placesAndQueuesFollowFromTheStatesOfBeforeAndOnlyOnce() {
    ShelfInMemory before = twoConversations();
    var states = new CrewSerde<>("conversations", ConversationState.class);
    var drawer = new Drawer(store.store(), Drawer.Part.CONVERSATIONS);
    before
        .conversations()
        .forEach(state -> drawer.put(state.conversation().toString(), states.toBytes(state)));

    var accounts = new Accounts(store.store());
    List<ConversationState> derived = new ArrayList<>();
    new OneStore(store.store())
        .derive(
            accounts,
            state -> {
              accounts.derive(state);
              derived.add(state);
            });

    assertThat(derived).hasSize(2);
    assertThat(accounts.places(ACCOUNT).taken()).isEqualTo(before.taken(ACCOUNT)).isEqualTo(1);
    assertThat(accounts.nextWaiting(ACCOUNT, null))
        .isEqualTo(before.nextWaiting(ACCOUNT, null))
        .isNotEqualTo(Optional.empty());

    new OneStore(store.store()).derive(accounts, derived::add);

    assertThat(derived).as("not again").hasSize(2);
  }

  @Test
  void aStoreThatIsKeptSoFromTheFirstRecordOnIsLeftAlone() {
    var accounts = new Accounts(store.store());
    List<ConversationState> derived = new ArrayList<>();
    var kept = new OneStore(store.store());
    kept.derive(accounts, derived::add);
    var states = new CrewSerde<>("conversations", ConversationState.class);
    twoConversations()
        .conversations()
        .forEach(state ->
            new Drawer(store.store(), Drawer.Part.CONVERSATIONS)
                .put(state.conversation().toString(), states.toBytes(state)));

    kept.derive(accounts, derived::add);
    new OneStore(store.store()).derive(accounts, derived::add);

    assertThat(derived).isEmpty();
  }

  @Test
  void oneThatCannotBeReadHoldsUpNobody() {
    var states = new CrewSerde<>("conversations", ConversationState.class);
    var drawer = new Drawer(store.store(), Drawer.Part.CONVERSATIONS);
    twoConversations()
        .conversations()
        .forEach(state -> drawer.put(state.conversation().toString(), states.toBytes(state)));
    drawer.put("loja/chatwoot-0", new byte[] {9});

    List<ConversationState> derived = new ArrayList<>();
    new OneStore(store.store()).derive(new Accounts(store.store()), derived::add);

    assertThat(derived).hasSize(2);
  }
}
