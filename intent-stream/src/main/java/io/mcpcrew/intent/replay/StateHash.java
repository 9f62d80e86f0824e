package io.mcpcrew.intent.replay;

import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a transition calls a state: a hash over its serialised form. Equal states have equal
/// hashes, because equal values are equal bytes.
public final class StateHash {
  /// Of a conversation that nothing was known of.
  public static final String NONE = "";

  private static final int BYTES = 8;

  private static final class Serde {
    static final CrewSerde<ConversationState> STATES =
        new CrewSerde<>("conversations", ConversationState.class);
  }

  private StateHash() {}

  public static String of(ConversationState state) {
    return of(Serde.STATES.toBytes(state));
  }

  /// @param state as it is serialised
  public static String of(byte[] state) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(state);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
