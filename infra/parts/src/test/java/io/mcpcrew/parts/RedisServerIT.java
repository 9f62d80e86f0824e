package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {
  @TempDir Path folder;

  @Test
  void answersAPing() throws IOException {
    try (var redis = RedisServer.start(PartsSettings.forTests(folder))) {
      assertThat(ask(redis, "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void keepsItsKeysOverARestartAndOverAKill() throws IOException {
    try (var redis = RedisServer.start(PartsSettings.forTests(folder))) {
      assertThat(ask(redis, "SET first 1")).isEqualTo("+OK");
      redis.stop();
      redis.startAgain();
      assertThat(ask(redis, "EXISTS first")).isEqualTo(":1");

      assertThat(ask(redis, "SET second 2")).isEqualTo("+OK");
      redis.kill();
      redis.startAgain();

      assertThat(ask(redis, "EXISTS first second")).isEqualTo(":2");
    }
  }

  @Test
  void saysThatItsDataCannotBeRead() throws IOException {
    try (var redis = RedisServer.start(PartsSettings.forTests(folder))) {
      redis.stop();
      Files.writeString(log(folder.resolve("redis")), "not a command\r\n");

      assertThatThrownBy(redis::startAgain)
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("Its data in " + folder.resolve("redis") + " cannot be read");
    }
  }

  /// The log of commands: one file in Redis 6, the bundled one; a folder of them from Redis 7 on.
  private static Path log(Path redis) {
    Path files = redis.resolve("appendonlydir");
    return Files.exists(files)
        ? files.resolve("appendonly.aof.1.incr.aof")
        : redis.resolve("appendonly.aof");
  }

  @Test
  void isEndedByForceWhenItDoesNotReact() throws Exception {
    try (var redis = RedisServer.start(PartsSettings.forTests(folder))) {
      long pid = redis.status().pid().orElseThrow();
      new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
      long began = System.nanoTime();

      redis.stop();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
      assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }
  }

  @Test
  void bringsAProgramOfItsOwnWhereNoneIsInstalled() throws Exception {
    var program = new RedisProgram(folder.toString());
    assertThat(program.onPath()).isEmpty();

    var version = new ProcessBuilder(program.findOrUnpack(folder).toString(), "--version").start();

    assertThat(version.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("Redis server v=6.2");
  }

  private static String ask(RedisServer redis, String command) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(Loopback.address(URI.create(redis.address()).getPort()), 5_000);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      return firstLine(socket);
    }
  }

  private static String firstLine(Socket socket) throws IOException {
    var reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    return String.valueOf(reader.readLine());
  }
}
