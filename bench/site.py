"""How long drawing a whole site takes, and how large its index is on the wire.

python -m bench.site [MONITORS ...]
"""

import gzip
import sys
from time import process_time

from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.snapshots import crowd

ROUNDS = 5


def main(sizes: list[int]) -> None:
    """Print a line for each number of monitors; the best of some rounds, since the machine has other work."""
    templates = Templates(language="en")
    print("monitors  objects  CPU s  index kB (gzip)  with style and script")
    for size in sizes:
        snapshot = crowd(size)
        times = []
        for _ in range(ROUNDS if size <= 100 else 1):
            start = process_time()
            site = draw_site(snapshot, templates)
            times.append(process_time() - start)
        index = len(gzip.compress(site["index.html"].body)) / 1000
        looks = sum(len(gzip.compress(site[key].body)) for key in site if key.endswith((".css", ".js"))) / 1000
        print(f"{size:8}  {len(site):7}  {min(times):5.2f}  {index:15.1f}  {index + looks:21.1f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10, 50, 100, 1000])
