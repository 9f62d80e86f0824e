package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.crew.work.Worker;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Voice notes, which nobody here can hear: the customer is told so once, kindly, and gets a person
/// the second time. Who writes beside a voice note is answered by what is written.
public final class VoiceNotes implements Worker {
  private static final String SLOT = "voice-notes";

  @Override
  public Worked work(Errand errand) {
    Turn turn = errand.turn();
    boolean speaks = turn.attachments().stream().anyMatch(VoiceNotes::isVoice);
    if (!speaks || turn.messages().stream().map(Line::text).anyMatch(VoiceNotes::isWritten)) {
      return new Worked.Pass("no voice note");
    }
    if (errand.memory().stream().anyMatch(slot -> slot.name().equals(SLOT))) {
      return new Worked.Person("a second voice note, which has to be heard", errand.memory());
    }
    List<Slot> memory = new ArrayList<>(errand.memory());
    memory.add(new Slot(SLOT, Content.of("told")));
    return new Worked.Ask(
        Words.builtIn().say("voice", turn.language(), Map.of()), List.copyOf(memory));
  }

  private static boolean isWritten(Content text) {
    return !text.readable().isBlank();
  }

  private static boolean isVoice(io.mcpcrew.schemas.contract.Attachment attachment) {
    return attachment.kind().equals("audio");
  }
}
