package io.mcpcrew.runtime.http;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.ServerResponse;

/// An error as every HTTP edge of the platform answers it: RFC 9457, with a code for machines.
public final class Problem {
  private Problem() {}

  public static ServerResponse of(int status, String code, String detail) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
    problem.setProperty("code", code);
    var response = ServerResponse.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status == 429 || status == 503) {
      response.header("Retry-After", "2");
    }
    return response.body(problem);
  }
}
