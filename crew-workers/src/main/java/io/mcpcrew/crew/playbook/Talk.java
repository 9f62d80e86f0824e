package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.playbook.Flow.What;
import io.mcpcrew.crew.playbook.Hearing.Heard;
import io.mcpcrew.crew.playbook.Hearing.Signal;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.crew.tools.CrewTools;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which flow a message is for: the one that waits goes on, another wish is answered and the flow
/// is come back to, and what no playbook answers is for somebody else. A playbook without a title
/// is not come back to.
public final class Talk {
  private static final Words WORDS = Words.builtIn();

  private static final int TURNS_OF_AN_INVITATION = 3;

  private final Playbooks playbooks;
  private final Turn turn;
  private final Saying saying;
  private final Scene scene;
  private final List<Slot> memory;
  private final Flows flows;
  private final CrewTools tools;

  /// @param number which of the turn's tasks it is
  /// @param memory of the conversation, as the task before has left it
  public Talk(
      Playbooks playbooks,
      Turn turn,
      Tenant tenant,
      Task task,
      int number,
      List<Slot> memory,
      CrewTools tools) {
    this.playbooks = playbooks;
    this.turn = turn;
    this.saying = Saying.of(turn, task);
    this.memory = memory;
    Flows remembered = Flows.of(memory).current(playbooks, turn.openedAt());
    boolean isAnswer = !remembered.flows().isEmpty() && (saying.isUnknown() || saying.isCourtesy());
    String language = isAnswer ? remembered.language() : turn.language();
    this.flows = remembered.in(language);
    this.scene = Scene.of(turn, tenant, language, String.valueOf(number));
    this.tools = tools;
  }

  public Worked worked() {
    long now = turn.turn().number();
    if (flows.heard() == now) {
      return new Worked.Silence("it was heard with the task before", memory);
    }
    Optional<Flow> waiting = flows.flows().stream().findFirst();
    return waiting.filter(flow -> flow.asked() < now).isPresent()
        ? waits(waiting.get())
        : begins(flows);
  }

  /// Whether the message is for the flow that waits.
  private Worked waits(Flow flow) {
    Playbook playbook = playbook(flow);
    boolean story = Hearing.waitsForStory(playbook, flow) && !saying.isCourtesy();
    boolean own =
        story
            || saying.isUnknown()
            || (saying.isCourtesy() && !Hearing.waitsForWords(playbook, flow))
            || playbook.answers(saying.intent())
            || wantsInvited(flow)
            || Hearing.answers(playbook, flow, saying);
    if (!own || isPast(flow)) {
      return digress(flow);
    }
    Heard heard =
        wantsInvited(flow) ? new Heard(flow, Signal.YES) : Hearing.hears(playbook, flow, saying);
    boolean letGo = saying.isCourtesy() || playbook.title() == null;
    if (heard.signal() == Signal.MISSED && letGo) {
      return digress(flow);
    }
    if (heard.signal() == Signal.MISSED && playbook.answers(saying.intent())) {
      heard = new Heard(heard.flow().missed(0), Signal.REPEAT);
    }
    Flows after = story ? flows.heardIn(turn.turn().number()) : flows;
    return played(playbook, heard, after, true);
  }

  /// The wish itself is what the flow invites to: "quero fazer um pedido" after a price; or what
  /// that would ask next is told: "pode ser amanhã às 10h?".
  private boolean wantsInvited(Flow flow) {
    Flow.Awaited awaited = flow.awaited();
    return awaited != null
        && isInvitation(flow)
        && playbooks
            .named(awaited.name())
            .filter(other -> !Hearing.isNamed(other, saying))
            .filter(other ->
                other.answers(saying.intent())
                    || (saying.isUnknown() && Hearing.tellsWhen(other, saying)))
            .isPresent();
  }

  private Worked begins(Flows before) {
    if (saying.isUnknown()) {
      return andThatOne(before).or(() -> smallTalk(before)).orElseGet(() -> ofTheWish(before));
    }
    return ofTheWish(before);
  }

  private Worked ofTheWish(Flows before) {
    return playbooks
        .of(saying.intent())
        .map(playbook -> begun(playbook, begin(playbook), before))
        .orElseGet(() -> new Worked.Pass("no playbook answers " + saying.intent()));
  }

  private Flow begin(Playbook playbook) {
    return Hearing.begins(playbook, saying, scene.turn(), scene.place());
  }

  /// "e o S00023?", "e a 850?": what was asked last, of what is named now.
  private Optional<Worked> andThatOne(Flows before) {
    Optional<Playbook> last = playbooks.named(before.last());
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Flow flow = begin(last.get());
    return (Hearing.isNamed(last.get(), saying)
            ? Optional.of(flow)
            : Hearing.joined(last.get(), flow, saying))
        .map(named -> begun(last.get(), named, before));
  }

  private Worked begun(Playbook playbook, Flow flow, Flows before) {
    return played(playbook, new Heard(flow, Signal.TOLD), before, false);
  }

  /// What can be said to anybody at any time, or to what we have said.
  private Optional<Worked> smallTalk(Flows before) {
    String folded = saying.folded();
    Optional<String> last = scene.lastWord();
    if (WORDS.isRepeat(folded)) {
      return last.map(words -> said(words, before));
    }
    if (WORDS.isCancel(folded)) {
      return Optional.of(said(word("stopped"), before));
    }
    // An "ok" to a question that is forgotten would be taken for a yes by who wrote it.
    boolean read =
        WORDS.isAcknowledging(folded) && last.filter(words -> !words.endsWith("?")).isPresent();
    return read || WORDS.isNo(folded) || WORDS.isEnough(folded)
        ? last.map(_ -> said(word("enough"), before))
        : Optional.empty();
  }

  private String word(String name) {
    return WORDS.say(name, scene.language(), Map.of());
  }

  private Worked said(String text, Flows after) {
    return new Worked.Say(text, List.of(), after.in(memory));
  }

  /// Another wish, while a flow waits. An invitation stays open for a while: "aceita pix?" may come
  /// before "quero 2".
  private Worked digress(Flow flow) {
    boolean stays = playbook(flow).title() != null || (isOpen(flow) && !saying.isCourtesy());
    return begins(stays ? flows : flows.over(flow));
  }

  /// Nobody knows any more what "quero 2" is about; and an "ok" is to what was said last.
  private boolean isPast(Flow flow) {
    boolean late = flow.asked() < turn.turn().number() - 1;
    boolean clear = WORDS.takes(saying.folded()) || wantsInvited(flow);
    return isInvitation(flow) && (!isOpen(flow) || (late && !clear));
  }

  private boolean isOpen(Flow flow) {
    return isInvitation(flow) && turn.turn().number() - flow.asked() <= TURNS_OF_AN_INVITATION;
  }

  private static boolean isInvitation(Flow flow) {
    return flow.awaited() != null && flow.awaited().what() == What.INVITATION;
  }

  private Worked played(Playbook playbook, Heard heard, Flows before, boolean waited) {
    Next next = play(playbook, heard, saying);
    Flows over = before.over(heard.flow());
    return switch (next) {
      case Next.Ask ask -> asks(playbook, heard.flow(), ask, before, waited);
      case Next.Said said -> comesBack(said, over);
      case Next.Goes goes -> goesOn(goes, over);
      case Next.Person(String reason, String said) ->
          new Worked.Person(reason, said, Flows.NONE.in(memory));
      case Next.Nothing(String reason) -> new Worked.Pass(reason);
      case Next.Read _, Next.Write _ -> throw new IllegalStateException("tools were not called");
    };
  }

  /// A wish that came second in its turn waits until the first is over: two questions at once are
  /// answered by nobody.
  ///
  /// @param told the flow before it asked: what it says now is said when it has the word
  private Worked asks(Playbook playbook, Flow told, Next.Ask ask, Flows before, boolean waited) {
    boolean first =
        waited || before.flows().stream().noneMatch(f -> f.asked() == turn.turn().number());
    if (first) {
      return new Worked.Ask(ask.text(), ask.choices(), before.first(ask.flow()).in(memory));
    }
    return new Worked.Say(
        later(playbook, before), List.of(), before.last(told.unasked()).in(memory));
  }

  /// By its title, unless it has none or there are two of it: then by what the wish is about.
  private String later(Playbook playbook, Flows before) {
    boolean same = before.flows().stream().anyMatch(f -> f.playbook().equals(playbook.name()));
    return saying
        .thing()
        .filter(_ -> same || playbook.title() == null)
        .map(thing -> WORDS.say("later_thing", scene.language(), Map.of("thing", thing)))
        .orElseGet(() -> WORDS.say("later", scene.language(), Map.of("title", title(playbook))));
  }

  /// The playbook that goes on begins where the one before it is over.
  private Worked goesOn(Next.Goes goes, Flows over) {
    return playbooks
        .named(goes.playbook())
        .map(playbook -> {
          Flow begun = Flow.begin(playbook, scene.turn(), scene.place());
          return begun(playbook, Hearing.goesOn(playbook, saying, begun, goes), over);
        })
        .orElseGet(() -> new Worked.Pass("there is no playbook " + goes.playbook()));
  }

  private Worked comesBack(Next.Said said, Flows over) {
    Next.Invitation invitation = said.invitation();
    boolean alone = over.flows().stream().allMatch(this::isOpen) && turn.tasks().size() == 1;
    if (invitation == null || !alone) {
      return comesBack(said.text(), said.used(), over);
    }
    return new Worked.Ask(
        said.text() + " " + invitation.text(),
        invitation.choices(),
        said.used(),
        over.first(invitation.flow()).in(memory));
  }

  /// What is over leaves the word to the flow below it, unless that has just asked.
  private Worked comesBack(String text, List<Map<String, Object>> used, Flows over) {
    Optional<Flow> below = over.flows().stream().findFirst();
    if (below.isEmpty() || below.get().asked() == turn.turn().number() || isOpen(below.get())) {
      return new Worked.Say(text, used, over.in(memory));
    }
    Flow next = below.get();
    Playbook playbook = playbook(next);
    boolean promised = next.asked() == 0;
    if (playbook.title() == null && !promised) {
      return new Worked.Say(text, used, over.over(next).in(memory));
    }
    return switch (play(
        playbook, new Heard(next, promised ? Signal.TOLD : Signal.REPEAT), saying)) {
      case Next.Ask(String question, List<String> choices, Flow flow) ->
          new Worked.Ask(
              text + "\n\n" + resumed(playbook, question), choices, over.first(flow).in(memory));
      case Next.Said more ->
          comesBack(
              text + "\n\n" + resumed(playbook, more.text()),
              more.used().isEmpty() ? used : more.used(),
              over.over(next));
      case Next.Goes _ -> comesBack(text, used, over.over(next));
      case Next.Person(String reason, String said) ->
          new Worked.Person(reason, said, Flows.NONE.in(memory));
      case Next.Nothing _ -> comesBack(text, used, over.over(next));
      case Next.Read _, Next.Write _ -> throw new IllegalStateException("tools were not called");
    };
  }

  /// Says what is come back to, unless the words begin with it themselves.
  private String resumed(Playbook playbook, String words) {
    String title = title(playbook);
    return playbook.title() == null || Words.folded(words).startsWith(Words.folded(title) + " ")
        ? words
        : WORDS.say("back", scene.language(), Map.of("title", title)) + " " + words;
  }

  /// Calls what the playbook wants until it has something to say.
  private Next play(Playbook playbook, Heard heard, Saying said) {
    Map<String, Answered> answers = new HashMap<>();
    while (true) {
      Next next = Playing.next(playbook, heard, said, scene, answers);
      switch (next) {
        case Next.Read(String path, String capability, Map<String, Object> arguments) ->
            answers.put(path, tools.read(path, capability, arguments));
        case Next.Write(String path, String capability, Map<String, Object> arguments) ->
            answers.put(path, tools.call(path, capability, arguments));
        case Next.Ask _, Next.Said _, Next.Goes _, Next.Person _, Next.Nothing _ -> {
          return next;
        }
      }
    }
  }

  private String title(Playbook playbook) {
    Texts title = playbook.title();
    return title == null
        ? WORDS.say("this", scene.language(), Map.of())
        : title.in(scene.language(), Map.of());
  }

  private Playbook playbook(Flow flow) {
    return Objects.requireNonNull(
        playbooks.named(flow.playbook()).orElse(null), "flows without a playbook are left out");
  }
}
