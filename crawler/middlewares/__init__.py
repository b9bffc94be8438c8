"""What Scrapy does not do by itself between the engine and the network, one concern a module.

address    only http and https, never into a private network
robots     RFC 9309: what a robots.txt and its absence forbid
head       no answer whose headers do not end
load       a bound on all answers together
body       whole answers only, decompressed within the size limit
pace       one request at a time a server, real backoff, Retry-After
throttle   AutoThrottle above each server's own least delay
"""
