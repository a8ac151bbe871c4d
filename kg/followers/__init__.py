"""What people follow, and the news of it: on a page, and as mail where that is set up.

News are not written when something is accepted: they are read from the history when somebody looks, so that nothing
that goes wrong here can hold up an acceptance.
"""

from kg.followers.following import ALL, KINDS, RELEASES, SEARCH, THING, Follow, Followers
from kg.followers.mailing import Delivered, deliver, mail_is_set_up
from kg.followers.news import News, news_of

__all__ = [
    "ALL",
    "KINDS",
    "RELEASES",
    "SEARCH",
    "THING",
    "Delivered",
    "Follow",
    "Followers",
    "News",
    "deliver",
    "mail_is_set_up",
    "news_of",
]
