package io.mcpcrew.simulation;

import io.mcpcrew.crew.protocol.Look;
import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.crew.protocol.PostRule;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ReleasedReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A publisher, as the real one: one post in flight per conversation, a look before each, its place
/// in the log moved on only over what is done, and nothing given away with a post under way.
final class PublisherActor extends Machine implements Kafka.Member {
  /// After which a post that got no answer is one of which nobody knows.
  static final long POST_WITHIN = 5_000;

  private static final long HEARTBEAT = 1_000;

  /// How long after that the channel may still be at it.
  static final long SETTLES = 10_000;

  private final Map<ConversationKey, Queue<Runnable>> lanes = new HashMap<>();
  private final TreeMap<Long, Boolean> open = new TreeMap<>();
  private boolean owns;
  private @Nullable Long position;
  private Instant assignedAt = World.BEGAN;
  private Moment heardAt = new Moment(0, World.BEGAN);
  private boolean beating;
  private int generation;
  private int underWay;
  private @Nullable Runnable whenNothingIsUnderWay;
  private boolean polling;

  PublisherActor(World world, String name) {
    super(world, name);
    world.replies.wakes(() -> wake(1));
  }

  // ------------------------------------------------------------------ the group

  @Override
  public void revoke(int of, Runnable done) {
    run(() -> {
      if (!world.publishing.isCurrent(of)) {
        return;
      }
      owns = false;
      position = null;
      lanes.clear();
      if (underWay == 0 || world.mutation == Mutation.REVOKED_AT_ONCE) {
        commit();
        open.clear();
        done.run();
      } else {
        whenNothingIsUnderWay =
            () -> {
              commit();
              open.clear();
              done.run();
            };
      }
    });
  }

  @Override
  public void assigned(int newGeneration, List<Kafka.Partition> partitions) {
    run(() -> {
      if (!world.publishing.isCurrent(newGeneration)) {
        return;
      }
      generation = newGeneration;
      owns = !partitions.isEmpty();
      assignedAt = wallTime();
      heardAt = moment();
      beat();
      position = null;
      wake(1);
    });
  }

  @Override
  void joinAgain() {
    run(() -> world.publishing.join(this));
  }

  @Override
  void started() {
    lanes.clear();
    open.clear();
    owns = false;
    position = null;
    underWay = 0;
    whenNothingIsUnderWay = null;
    polling = false;
    beating = false;
    world.publishing.join(this);
  }

  /// Asks the group whether it is still a member, and remembers from when the answer is.
  private void beat() {
    if (!owns || beating) {
      return;
    }
    beating = true;
    Moment sentAt = moment();
    int of = generation;
    int asker = life();
    send(() -> {
      boolean member = world.publishing.isCurrent(of);
      answered(
              asker,
              () -> {
                if (of == generation && member) {
                  heardAt = sentAt;
                } else if (of == generation) {
                  world.publishing.join(this);
                }
              })
          .run();
    });
    later(
        HEARTBEAT,
        () -> {
          beating = false;
          if (!open.isEmpty()) {
            beat();
          }
        });
  }

  @Override
  void crashed() {
    world.publishing.vanished(this);
  }

  @Override
  void frozen() {
    world.publishing.suspect(this);
  }

  private void ask() {
    int asker = life();
    send(() -> {
      if (!world.publishing.isCurrent(generation)) {
        answered(asker, () -> world.publishing.join(this)).run();
      }
    });
  }

  @Override
  void woke() {
    // What it had begun goes on at once; that the group went on without it, it hears later.
    later(world.dice.between(0, HEARTBEAT), this::ask);
    wake(1);
  }

  // ------------------------------------------------------------------ reading

  private void wake(long delay) {
    if (!polling && isAlive()) {
      polling = true;
      later(delay, this::poll);
    }
  }

  private void poll() {
    polling = false;
    if (!owns) {
      return;
    }
    Long from = position == null ? world.publishing.position(world.replies) : position;
    if (from == null) {
      wake(200);
      return;
    }
    long end =
        world.mutation == Mutation.READS_UNCOMMITTED
            ? world.replies.size()
            : world.replies.stable();
    int of = generation;
    for (long offset = from; offset < end; offset++) {
      if (!owns || of != generation) {
        // Given back at one of these: whoever has them now reads them.
        return;
      }
      Kafka.Entry entry = world.replies.entry(offset);
      if (world.mutation == Mutation.READS_UNCOMMITTED || entry.isVisible()) {
        take(offset, (ReleasedReply) entry.value());
      }
    }
    position = Math.max(from, end);
  }

  private void take(long offset, ReleasedReply reply) {
    open.put(offset, false);
    if (world.mutation == Mutation.STALE_PARTITIONS) {
      later(world.dice.between(0, HEARTBEAT), this::beat);
    } else {
      beat();
    }
    ConversationKey key = reply.turn().conversation();
    Runnable post = () -> new Posting(offset, reply).look();
    Queue<Runnable> waiting = lanes.get(key);
    if (waiting != null) {
      waiting.add(post);
      return;
    }
    lanes.put(key, new ArrayDeque<>());
    post.run();
  }

  private void done(long offset, ConversationKey key) {
    if (open.replace(offset, true) != null) {
      later(100, this::commit);
    }
    Queue<Runnable> waiting = lanes.get(key);
    if (waiting != null) {
      Runnable next = waiting.poll();
      if (next == null) {
        lanes.remove(key);
      } else {
        next.run();
      }
    }
  }

  private void commit() {
    while (!open.isEmpty() && open.firstEntry().getValue()) {
      long offset = open.pollFirstEntry().getKey();
      world.publishing.commit(generation, world.replies, offset + 1);
    }
  }

  private void began() {
    underWay++;
  }

  private void ended() {
    underWay--;
    Runnable waiting = whenNothingIsUnderWay;
    if (underWay == 0 && waiting != null) {
      whenNothingIsUnderWay = null;
      waiting.run();
    }
  }

  // ------------------------------------------------------------------ one reply

  private final class Posting {
    private final long offset;
    private final ReleasedReply reply;
    private final int of = generation;

    Posting(long offset, ReleasedReply reply) {
      this.offset = offset;
      this.reply = reply;
    }

    /// Nothing begins for a partition that was given back.
    private boolean isOurs() {
      return owns && of == generation;
    }

    private boolean isHeldForSure() {
      return world.mutation == Mutation.STALE_PARTITIONS || PostRule.holds(moment().since(heardAt));
    }

    void look() {
      if (reply.parts().isEmpty()) {
        // Only a note for a person.
        done(offset, reply.turn().conversation());
        return;
      }
      if (!isOurs()) {
        return;
      }
      Duration wait = PostRule.waitBeforeLook(reply, assignedAt, wallTime());
      if (wait.isPositive() && world.mutation != Mutation.NO_SETTLING_AFTER_A_TAKEOVER) {
        later(wait.toMillis(), this::look);
        return;
      }
      world.at(
          Spot.BEFORE_THE_LOOK,
          PublisherActor.this,
          () -> {
            Moment began = moment();
            long beganAt = world.now();
            if (world.mutation == Mutation.POST_WITHOUT_LOOK) {
              looked(new Look(OptionalLong.empty(), false), began, beganAt);
              return;
            }
            world.channel.look(
                PublisherActor.this,
                reply,
                look -> looked(look, began, beganAt),
                () -> later(1_000, this::look));
          });
    }

    private void looked(Look look, Moment began, long beganAt) {
      world.at(Spot.AFTER_THE_LOOK, PublisherActor.this, () -> decide(look, began, beganAt));
    }

    private void decide(Look look, Moment began, long beganAt) {
      if (!isOurs()) {
        return;
      }
      Duration since =
          world.mutation == Mutation.LOOK_HOLDS_FOR_EVER ? Duration.ZERO : moment().since(began);
      switch (PostRule.next(reply, look, since, wallTime())) {
        case POST -> {
          if (!isHeldForSure()) {
            beat();
            later(HEARTBEAT, this::look);
            return;
          }
          began();
          long allowedAt = world.now();
          world.at(
              Spot.BEFORE_THE_POST_LEAVES, PublisherActor.this, () -> post(beganAt, allowedAt));
        }
        case LOOK_AGAIN -> look();
        case FOUND_POSTED, WITHHOLD, NOTE_ONLY -> done(offset, reply.turn().conversation());
        case EXPIRED -> {
          world.invariants.findings.count("REPLY_EXPIRED");
          done(offset, reply.turn().conversation());
        }
      }
    }

    private void post(long lookedAt, long allowedAt) {
      boolean[] over = new boolean[1];
      world.channel.post(
          PublisherActor.this,
          reply,
          lookedAt,
          allowedAt,
          () -> {
            if (!over[0]) {
              over[0] = true;
              world.at(Spot.AFTER_THE_POST, PublisherActor.this, this::posted);
            }
          },
          () -> {
            if (!over[0]) {
              over[0] = true;
              ended();
              later(1_000, this::look);
            }
          });
      later(
          POST_WITHIN,
          () -> {
            if (!over[0]) {
              over[0] = true;
              long settles = world.mutation == Mutation.NO_SETTLING_OF_POSTS ? 0 : SETTLES;
              later(
                  settles,
                  () -> {
                    ended();
                    look();
                  });
            }
          });
      // Last: what crashes here goes no further.
      world.at(Spot.WHILE_THE_POST_IS_UNDER_WAY, PublisherActor.this, () -> {});
    }

    private void posted() {
      done(offset, reply.turn().conversation());
      ended();
    }
  }
}
