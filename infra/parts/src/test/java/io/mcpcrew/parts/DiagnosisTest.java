package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static final Path FOLDER = Path.of("data", "kafka");
  private static final LogFile LOG = new LogFile(FOLDER.resolve("kafka.log"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          java.net.BindException: Address already in use                         | choose other ports
          There is insufficient memory for the Java Runtime Environment          | not enough memory
          Caused by: java.lang.OutOfMemoryError: Java heap space                 | not enough memory
          java.io.IOException: No space left on device                           | is full
          java.nio.file.AccessDeniedException: data/kafka                        | who owns that folder
          KafkaException: Failed to acquire lock on file .lock in data/kafka     | end that one first
          RuntimeException: No readable meta.properties files found.             | cannot be read
          RuntimeException: Error: node ID not found in kafka/data               | cannot be read
          Bad file format reading the append only file appendonly.aof            | cannot be read
          Something that nobody foresaw                                          | What it printed last
          """)
  void saysWhatToDoAboutWhatWasPrinted(String printed, String advice) {
    assertThat(exited(List.of("INFO starting", printed))).contains(advice);
  }

  @Test
  void namesThePartTheExitCodeTheLogAndTheLastLinesWithoutStackFrames() {
    var lines =
        IntStream.range(0, 9).mapToObj(i -> i == 8 ? "\tat some.Frame" : "line " + i).toList();

    assertThat(exited(lines))
        .startsWith("The Kafka broker ended at once (exit code 3).")
        .contains(LOG.path().toString(), "| line 7", "| line 3")
        .doesNotContain("line 2", "some.Frame");
  }

  @Test
  void aTakenPortIsNamedWithThePartThatNeedsIt() {
    assertThat(Diagnosis.portTaken("Kafka broker", 21_000))
        .hasMessageContaining("Port 21000 on 127.0.0.1 is taken, and the Kafka broker needs it.");
  }

  @Test
  void aPartThatAnswersWithErrorsOnlyIsToldByWhatItPrinted() {
    var lines = List.of("JdbcSQLException: File corrupted while reading record: \"data.mv.db\"");

    assertThat(Diagnosis.broken("schema registry", "http://127.0.0.1:1", FOLDER, LOG, lines))
        .hasMessageStartingWith("The schema registry runs but answers with errors only.")
        .hasMessageContaining("cannot be read: move that folder away");
  }

  private static String exited(List<String> lines) {
    return String.valueOf(
        Diagnosis.exited("Kafka broker", "127.0.0.1:1", FOLDER, 3, LOG, lines).getMessage());
  }
}
