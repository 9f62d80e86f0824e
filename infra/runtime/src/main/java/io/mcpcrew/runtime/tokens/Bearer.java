package io.mcpcrew.runtime.tokens;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;

/// The token that a request carries.
public final class Bearer {
  private static final String PREFIX = "Bearer ";

  private Bearer() {}

  public static Optional<String> of(ServerRequest request) {
    return of(request.headers().firstHeader("Authorization"));
  }

  public static Optional<String> of(HttpServletRequest request) {
    return of(request.getHeader("Authorization"));
  }

  private static Optional<String> of(@Nullable String authorization) {
    return Optional.ofNullable(authorization)
        .filter(header -> header.regionMatches(true, 0, PREFIX, 0, PREFIX.length()))
        .map(header -> header.substring(PREFIX.length()).strip());
  }
}
