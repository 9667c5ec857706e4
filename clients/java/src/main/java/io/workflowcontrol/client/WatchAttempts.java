package io.workflowcontrol.client;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/** Knows when a watch is begun again. Times are in nanoseconds, on any clock. */
final class WatchAttempts {
  static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** How long a watch is begun again and again in vain before it fails. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);

  /** An attempt that lasted so long was no failure, even if no message came. */
  private static final Duration LASTING = Duration.ofSeconds(5);

  private long began;
  private Optional<Long> failingSince = Optional.empty();
  private Duration pause = FIRST_PAUSE;

  void begin(long now) {
    began = now;
  }

  void recover() {
    failingSince = Optional.empty();
    pause = FIRST_PAUSE;
  }

  /** After an attempt that the server has ended well: how long to pause. */
  Duration ended(long now) {
    return lasted(now) ? Duration.ZERO : FIRST_PAUSE;
  }

  /** After an attempt that has failed: how long to pause before the next; empty: there is none. */
  Optional<Duration> failed(WorkflowControlException failure, long now) {
    if (failure.code() != Status.Code.UNAVAILABLE && failure.code() != Status.Code.CANCELLED) {
      return Optional.empty();
    }
    if (lasted(now)) {
      recover();
    }
    failingSince = Optional.of(failingSince.orElse(now));
    if (now - failingSince.get() >= GIVE_UP_AFTER.toNanos()) {
      return Optional.empty();
    }
    Duration before = pause;
    Duration longer = before.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    return Optional.of(before);
  }

  private boolean lasted(long now) {
    return now - began >= LASTING.toNanos();
  }
}
