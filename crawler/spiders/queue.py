"""Which request is next: one at a time for each server, and of a server's, each source's turn before another's second.

Scrapy would hand over all that wait for a slow server until its limit is full; they would wait at the gate, and nobody
else would be asked meanwhile.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue


class TurnQueue(DownloaderAwarePriorityQueue):
    """Holds a server's requests back while one of them is under way."""

    def pop(self) -> Request | None:
        """The next request for a server that has none under way; None where all servers have."""
        downloader = self._downloader_interface.downloader
        busy = {downloader.get_slot_key(request) for request in downloader.active}
        slot = next((slot for slot in self.pqueues if slot not in busy), None)
        if slot is None:
            return None
        queue = self.pqueues[slot]
        request = queue.pop()
        if not queue:
            del self.pqueues[slot]
            queue.close()
        return request
