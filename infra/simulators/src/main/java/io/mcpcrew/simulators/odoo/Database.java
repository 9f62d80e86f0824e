package io.mcpcrew.simulators.odoo;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One company's database. Reading takes what is there and waits for nobody; changes come one after
/// the other, each whole or not at all, and are answered when they are in the file.
final class Database {
  private final String name;
  private final String apiKey;
  private final InstantSource clock;
  private final @Nullable StateFile file;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile State state;

  /// What is known after so many changes.
  record State(long version, Snapshot snapshot) {}

  Database(
      String name,
      String apiKey,
      InstantSource clock,
      Snapshot beginning,
      @Nullable StateFile file) {
    this.name = name;
    this.apiKey = apiKey;
    this.clock = clock;
    this.file = file;
    this.state = new State(0, file == null ? beginning : file.restored(beginning));
  }

  String name() {
    return name;
  }

  boolean isOpenedBy(String key) {
    return java.security.MessageDigest.isEqual(
        apiKey.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Nullable Object call(String model, String method, Map<String, @Nullable Object> body) {
    Model known = Models.get(model);
    Method found = Methods.of(known, method);
    Call call = found.called(known, body);
    return switch (found.work()) {
      case Method.Reads(var how) -> how.answer(state.snapshot(), call);
      case Method.Writes(var how) -> changed(how, call);
    };
  }

  private @Nullable Object changed(Method.Writing how, Call call) {
    Object answer;
    long version;
    writing.lock();
    try {
      var draft = new Draft(state.snapshot(), now(clock));
      answer = how.answer(draft, call);
      version = state.version() + 1;
      state = new State(version, draft.finished());
    } finally {
      writing.unlock();
    }
    if (file != null) {
      file.keep(version, () -> state);
    }
    return answer;
  }

  /// As Odoo writes times: UTC, to the second, without a zone.
  static String now(InstantSource clock) {
    return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).format(Values.TIME);
  }
}
