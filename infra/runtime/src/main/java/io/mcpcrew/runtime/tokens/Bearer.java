package io.mcpcrew.runtime.tokens;

import java.util.Optional;
import org.springframework.web.servlet.function.ServerRequest;

/// The token that a request carries.
public final class Bearer {
  private static final String PREFIX = "Bearer ";

  private Bearer() {}

  public static Optional<String> of(ServerRequest request) {
    return Optional.ofNullable(request.headers().firstHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, PREFIX, 0, PREFIX.length()))
        .map(header -> header.substring(PREFIX.length()).strip());
  }
}
