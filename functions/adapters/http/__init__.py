"""HTTP checks: httpx above, a connection layer of our own with exact timings below.

`HttpFetch` is the public face. httpx makes requests, follows its own rules for redirects and authentication and undoes
content encodings; `Transport` resolves, vets, connects, and speaks HTTP/1.1 and HTTP/2 over one fresh connection each.
"""
