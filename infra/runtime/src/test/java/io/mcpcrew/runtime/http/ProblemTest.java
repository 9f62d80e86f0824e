package io.mcpcrew.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.EntityResponse;

class ProblemTest {

  @Test
  void aProblemHasAStatusACodeForMachinesAndASentenceForPeople() {
    var response = Problem.of(404, "unknown", "nothing is known of this");

    assertThat(response.statusCode().value()).isEqualTo(404);
    assertThat(response.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(((EntityResponse<?>) response).entity())
        .isInstanceOfSatisfying(
            ProblemDetail.class,
            problem -> {
              assertThat(problem.getStatus()).isEqualTo(404);
              assertThat(problem.getDetail()).isEqualTo("nothing is known of this");
              assertThat(Objects.requireNonNull(problem.getProperties()))
                  .containsEntry("code", "unknown");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void whoComesTooEarlyIsToldWhenToComeAgain(int status) {
    assertThat(Problem.of(status, "busy", "later").headers().getFirst("Retry-After"))
        .isEqualTo("2");
  }

  @Test
  void whoIsWrongIsNotToldToComeAgain() {
    assertThat(Problem.of(400, "bad", "no").headers().getFirst("Retry-After")).isNull();
  }
}
