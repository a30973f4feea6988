"""The probe beside others: how much CPU a check takes, and how true its times are when there is little of it.

`bench_probe` is what `python -m bench probe` runs. Three contestants, each a process of its own held by a quota: this
probe (`probe_shard` with the real `HttpFetch`), prometheus-blackbox-exporter, and plain httpx. Two targets, each a
process of its own too: nginx for the CPU, and one that delays by known times for the truth.
"""
