"""What state a source is in, and why: what became of a run and what is known of its past -> a state and a sentence.

Pure. `states` holds the rules in the order of their weight; `silence` and `drift` what a past makes likely; `incidents`
when trouble is news.
"""

from crawler.health.incidents import next_move
from crawler.health.problems import SEVERITY, Problem, is_trouble, of_status
from crawler.health.states import Course, judge

__all__ = ["SEVERITY", "Course", "Problem", "is_trouble", "judge", "next_move", "of_status"]
