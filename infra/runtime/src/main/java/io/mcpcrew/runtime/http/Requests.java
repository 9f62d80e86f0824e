package io.mcpcrew.runtime.http;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/// A request as Java describes it, for a client that is not Java's own.
final class Requests {
  private Requests() {}

  static HttpUriRequestBase of(HttpRequest request) {
    var call = new HttpUriRequestBase(request.method(), request.uri());
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> call.addHeader(name, value)));
    request
        .bodyPublisher()
        .filter(body -> body.contentLength() != 0)
        .ifPresent(body -> call.setEntity(new ByteArrayEntity(bytes(body), null)));
    return call;
  }

  /// Of a body that is in memory already, as all of ours are: it is published at once.
  private static byte[] bytes(BodyPublisher body) {
    var collected = new Collected();
    body.subscribe(collected);
    if (collected.whole.state() != Future.State.SUCCESS) {
      throw new IllegalArgumentException("only bodies that are in memory are sent");
    }
    return collected.whole.resultNow();
  }

  private static final class Collected implements Flow.Subscriber<ByteBuffer> {
    private final List<ByteBuffer> parts = new ArrayList<>(1);
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
      parts.add(part);
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      var all = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
      parts.forEach(all::put);
      whole.complete(all.array());
    }
  }
}
