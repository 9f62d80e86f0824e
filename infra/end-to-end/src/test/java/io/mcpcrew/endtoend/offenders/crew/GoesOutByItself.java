package io.mcpcrew.endtoend.offenders.crew;

/// Breaks: one guarded way out.
final class GoesOutByItself {
  java.net.http.HttpClient client() {
    return java.net.http.HttpClient.newHttpClient();
  }
}
