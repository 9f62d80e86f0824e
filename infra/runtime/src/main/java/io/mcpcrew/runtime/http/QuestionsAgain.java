package io.mcpcrew.runtime.http;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/// A kept connection may be closed by its server in the very moment in which it is used. What only
/// asks is then sent once more; all else is for its sender to look into. An answer is never taken
/// for a reason: how long to wait after it is also for the sender.
final class QuestionsAgain implements HttpRequestRetryStrategy {
  @Override
  public boolean retryRequest(
      HttpRequest request, IOException failure, int times, HttpContext context) {
    return times == 1
        && failure instanceof NoHttpResponseException
        && Method.isSafe(request.getMethod());
  }

  @Override
  public boolean retryRequest(HttpResponse response, int times, HttpContext context) {
    return false;
  }

  @Override
  public TimeValue getRetryInterval(HttpResponse response, int times, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }
}
