package io.mcpcrew.simulators.model;

import com.sun.net.httpserver.Headers;
import io.mcpcrew.simulators.model.Performance.Said;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One protocol: what is accepted of a request, strictly, and in which words it is answered.
interface Wire {

  /// Whether this protocol's words are the right ones at a path, be it served or not.
  boolean owns(String path);

  /// Whether the model is asked by a POST to this path.
  boolean serves(String path);

  /// Lets in who presents the key, and says in the headers what else the protocol wants there.
  void admit(Headers headers, String key) throws BadRequest;

  /// The request in neutral words.
  ///
  /// @param path one that is served: some protocols name the model there
  /// @throws BadRequest naming what does not keep the protocol
  ChatRequest read(String path, byte[] body) throws BadRequest;

  BadRequest unknownModel(String model);

  /// @param number makes the ids, so that a script always gives the same
  Answer answer(Said said, ChatRequest request, long number, Instant now);

  /// @param type the protocol's own name for what is wrong, where the status does not tell it
  String error(int status, String message, @Nullable String type);

  /// The body of an answer. One piece has a length that is told before it; a stream's are sent as
  /// they come.
  record Answer(boolean streamed, List<String> pieces) {
    public Answer {
      pieces = List.copyOf(pieces);
    }

    static Answer whole(String json) {
      return new Answer(false, List.of(json));
    }

    static Answer stream(List<String> events) {
      return new Answer(true, events);
    }

    String type() {
      return streamed ? "text/event-stream" : "application/json";
    }
  }
}
