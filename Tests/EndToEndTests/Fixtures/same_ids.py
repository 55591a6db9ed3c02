"""Two clients use the same ids at the same moment: same_ids.py URL ROUNDS"""

import json
import sys
import threading

from raw_mcp import Session, text_of

url, rounds = sys.argv[1], int(sys.argv[2])
names = ["first", "second"]
together = threading.Barrier(len(names), timeout=20)
mistakes = []
done = []


def client(name):
    try:
        session = Session(url)
        session.initialize()
        for number in range(1, rounds + 1):
            together.wait()
            wanted = f"{name} {number}"
            _, answer = session.call(number, "echo", {"text": wanted})
            if answer.get("id") != number or text_of(answer) != wanted:
                mistakes.append(f"{wanted} was answered with {answer}")
        done.append(rounds)
        session.request("DELETE").read()
    except (Exception, SystemExit) as error:
        mistakes.append(f"{name}: {error!r}")
        together.abort()


threads = [threading.Thread(target=client, args=[name]) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps({"rounds": min(done) if len(done) == len(names) else 0, "mistakes": mistakes[:10]}))
