"""Opening an index in a process that held nothing before: seconds, and megabytes it then holds.

python -m benching.opened INDEX
"""

import json
import sys
from pathlib import Path

from benching import drawn
from benching.figures import one_by_one, own_megabytes
from inquiry_service.answering.asking import AnswerEngine


def main() -> None:
    index, encoder = Path(sys.argv[1]), drawn.DrawnEncoder()
    before = own_megabytes()
    held: list[AnswerEngine] = []
    times = one_by_one(lambda _: held.append(AnswerEngine.open(index, encoder)), range(3))
    memory = (own_megabytes() - before) / len(held)
    first, *again = times.each
    sys.stdout.write(json.dumps({"first": first, "again": min(again), "megabytes": memory}))


if __name__ == "__main__":
    main()
