package io.mcpcrew.crew.publish;

import io.mcpcrew.crew.claim.WorkLog;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows the customer that somebody types while a turn is worked, as `crew.work` tells of it: on
/// when it is claimed, off when it is over. A courtesy: never waited for, never tried again, left
/// out where too many are under way, and nothing of it is remembered.
final class Typing implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Typing.class);
  private static final String GROUP = "crew-typing";
  private static final String CLAIMED = "/Claimed";
  private static final String CONCLUDED = "/Concluded";
  private static final int MOST_AT_ONCE = 50;
  private static final int MOST_REMEMBERED = 20_000;

  private enum Sign {
    WAITS,
    SHOWN
  }

  private final KafkaConsumer<String, byte[]> consumer;
  private final GuardedHttp http;
  private final Tenants tenants;
  private final Duration after;
  private final Duration deadline;
  private final Semaphore requests = new Semaphore(MOST_AT_ONCE);
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("typing-after").daemon().factory());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread reading = Thread.ofPlatform().name("typing").daemon().unstarted(this::read);

  /// Of turns at work, the oldest first; who was never heard of again falls out.
  private final Map<String, Sign> signs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sign> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private volatile boolean closed;

  /// @param after how long a turn is worked before anything is shown
  /// @param deadline of one request
  Typing(
      KafkaClients clients, GuardedHttp http, Tenants tenants, Duration after, Duration deadline) {
    this.consumer = clients.patientConsumer("typing", GROUP);
    this.http = http;
    this.tenants = tenants;
    this.after = after;
    this.deadline = deadline;
  }

  void start() {
    reading.start();
  }

  /// From now on: who is told late that somebody typed is told wrong.
  private void read() {
    try (consumer) {
      consumer.subscribe(List.of(Topics.WORK.name()), new FromNow());
      while (!closed) {
        consumer.poll(Duration.ofMillis(500)).forEach(this::take);
      }
    } catch (WakeupException closing) {
      // Asked to end.
    } catch (KafkaException e) {
      LOGGER.atWarn().setCause(e).log("typing is not shown any more");
    }
  }

  private final class FromNow implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.seekToEnd(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Nothing is kept of where we are.
    }
  }

  /// By the headers alone: most of what lies in the log says nothing here.
  private void take(ConsumerRecord<String, byte[]> entry) {
    Header id = entry.headers().lastHeader(CloudEvents.ID);
    if (id == null) {
      return;
    }
    String event = new String(id.value(), StandardCharsets.UTF_8);
    if (event.endsWith(CLAIMED) && entry.headers().lastHeader(WorkLog.ANSWERS) != null) {
      begin(event.substring(0, event.length() - CLAIMED.length()));
    } else if (event.endsWith(CONCLUDED)) {
      end(event.substring(0, event.length() - CONCLUDED.length()));
    }
  }

  private void begin(String turn) {
    synchronized (signs) {
      signs.putIfAbsent(turn, Sign.WAITS);
    }
    later(() -> {
      synchronized (signs) {
        if (!signs.replace(turn, Sign.WAITS, Sign.SHOWN)) {
          return;
        }
      }
      show(turn, true);
    });
  }

  private void end(String turn) {
    Sign sign;
    synchronized (signs) {
      sign = signs.remove(turn);
    }
    if (sign == Sign.SHOWN) {
      show(turn, false);
    }
  }

  private void later(Runnable task) {
    try {
      var _ = timer.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // Nothing is shown any more.
    }
  }

  private void show(String turn, boolean on) {
    if (!requests.tryAcquire()) {
      return;
    }
    try {
      threads.execute(() -> {
        try {
          ask(TurnId.parse(turn), on);
        } finally {
          requests.release();
        }
      });
    } catch (RejectedExecutionException closing) {
      requests.release();
    }
  }

  private void ask(TurnId turn, boolean on) {
    Tenant tenant = tenants.current(turn.account()).orElse(null);
    Tenant.Chatwoot chatwoot = tenant == null ? null : tenant.document().chatwoot();
    if (chatwoot == null || tenants.isPaused(turn.account())) {
      return;
    }
    try {
      new ChatwootPosts(http, chatwoot, ChatwootPosts.number(turn), deadline).typing(on);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOGGER
          .atDebug()
          .addKeyValue("tenant_id", turn.account())
          .addKeyValue("cause", e.toString())
          .log("typing was not shown");
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    timer.shutdownNow();
    threads.shutdownNow();
    try {
      reading.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
