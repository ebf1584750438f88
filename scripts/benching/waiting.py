"""What people wait for: a question, a whole turn, the start of the house."""

import statistics
import tempfile
import time
from pathlib import Path

from benching import encoding, questions
from benching.figures import Times, say
from benching.house import Line, Running, answer, house, turn, waited
from benching.told import Told
from inquiry_service.answering.encoder import Encoder
from inquiry_service.bootstrap.engine import encoder
from inquiry_service.settings import Settings

AT_ONCE = (1, 2, 8)
BY_TURNS = 0
"""Names the questions that encoder and service are asked by turns."""
QUESTIONS = 190
"""At each number at once; no question is asked twice where there are enough."""
TURNS = {1: 60, 2: 80, 8: 160}
SESSIONS = 2
_GROUP, _RATES = "One question after the other, median", "Questions a second, two at once"


def told(settings: Settings) -> Told:
    """The index in use is asked, by people who never asked before."""
    asked = questions.all_asked(settings.knowledge_folders[0] / "evaluation" / "questions.yaml")
    some = {
        at_once: questions.spread(asked[place :: len(AT_ONCE) + 1], QUESTIONS)
        for place, at_once in enumerate((*AT_ONCE, BY_TURNS))
    }
    found = Told()
    models = [encoder(settings) for _ in range(SESSIONS)]
    say("waiting: the bare encoder")
    bare = encoding.questions_alone(models[0], some[1])
    rate = encoding.questions_at_once(models, [*some[2], *some[8]])
    found.line("waiting", "the bare encoder in a loop", "1", *_times(bare), "1", "")
    two = f"{SESSIONS} bare encoder sessions"
    found.line("waiting", two, f"{SESSIONS}", "", "", f"{rate:.0f}", "", "1")
    found.bar(_GROUP, "the bare encoder", bare.median, f"{bare.median:.1f} ms")
    found.bar(_RATES, two, rate, f"{rate:.0f}")
    del models[1:]
    with tempfile.TemporaryDirectory() as folder:
        say("waiting: starting the house")
        with house(settings, Path(folder), settings.index_folder.resolve()) as running:
            running.wait()
            _warm(running, settings)
            _answers(found, running, {at: some[at] for at in AT_ONCE}, bare, rate)
            _by_turns(found, running, some[BY_TURNS], models[0])
            _turns(found, running, some[8], bare, rate)
            sizes = running.memory()
            service, rasa = running.service_seconds, running.rasa_seconds
            found.line("house", "service", f"{service:.1f} s", f"{sizes.get('service', 0):.0f} MB")
            found.line("house", "Rasa", f"{rasa:.1f} s", f"{sizes.get('Rasa', 0):.0f} MB")
    return found


def _warm(running: Running, settings: Settings) -> None:
    """With questions that are not asked again: what documents say they are asked."""
    published = questions.published(settings)
    waited(answer, running.port, published, 2, 60)
    waited(turn, running.port, published[60:], 2, 8)


def _answers(
    found: Told, running: Running, some: dict[int, list[str]], bare: Times, rate: float
) -> None:
    for at_once, asked in some.items():
        say(f"waiting: {len(asked)} questions, {at_once} at once")
        times = waited(answer, running.port, asked, at_once, len(asked))
        own = f"{_own_ratio(times, bare):.2f}" if at_once == 1 else ""
        share = f"{times.rate / rate:.2f}" if at_once > 1 else ""
        what = "`POST /api/v1/answers`"
        found.line("waiting", what, f"{at_once}", *_times(times), own, share)
        if at_once == 1:
            told = f"{times.median:.1f} ms"
            found.bar(_GROUP, "POST /api/v1/answers", times.median, told, ours=True)
        if at_once == SESSIONS:
            found.bar(_RATES, "POST /api/v1/answers", times.rate, f"{times.rate:.0f}", ours=True)


def _by_turns(found: Told, running: Running, asked: list[str], model: Encoder) -> None:
    """The encoder before each question to the service: both meet the machine as it is then.

    In a loop of its own the encoder finds its weights in the processor's caches; whoever serves
    people is woken for each question.
    """
    say(f"waiting: {len(asked)} questions, by turns with the bare encoder")
    line = Line(running.port)
    ask = answer(line)
    pairs = []
    for question in asked:
        began = time.perf_counter()
        model.encode_questions([question])
        between = time.perf_counter()
        ask(question)
        pairs.append((between - began, time.perf_counter() - between))
    line.close()
    bare, ours = (Times(each, sum(each), 0.0) for each in zip(*pairs, strict=True))
    found.line(
        "waiting", "the bare encoder, by turns with the service", "1", *_times(bare), "1", ""
    )
    what, own = "`POST /api/v1/answers`, by turns with it", f"{_own_ratio(ours, bare):.2f}"
    found.line("waiting", what, "1", *_times(ours), own, "")


def _turns(found: Told, running: Running, asked: list[str], bare: Times, rate: float) -> None:
    for at_once, count in TURNS.items():
        say(f"waiting: {count} whole turns, {at_once} at once")
        times = waited(turn, running.port, asked, at_once, count)
        ratio = f"{times.median / bare.median:.2f}" if at_once == 1 else ""
        share = f"{times.rate / rate:.2f}" if at_once > 1 else ""
        found.line("waiting", "a whole turn with Rasa", f"{at_once}", *_times(times), ratio, share)
        if at_once == 1:
            told = f"{times.median:.1f} ms"
            found.bar(_GROUP, "a whole turn with Rasa", times.median, told, ours=True)


def _own_ratio(times: Times, bare: Times) -> float:
    """Both asked the same questions in the same order."""
    return statistics.median(a / b for a, b in zip(times.each, bare.each, strict=True))


def _times(times: Times) -> tuple[str, str, str]:
    return f"{times.median:.1f} ms", f"{times.late:.1f} ms", f"{times.rate:.0f}"
