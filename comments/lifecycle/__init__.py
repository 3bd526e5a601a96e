"""Every change of a comment's status, and nothing else may write one.

A move is a conditional update that trusts its row count, with the decision and the event in the same transaction. Every
function takes the comment as its caller saw it and the time; it changes nothing when it raises.
"""

from comments.lifecycle.actors import Actor, Editor
from comments.lifecycle.appealing import NoAppeal, NotRefused, OwnRefusal, open_appeal, refusal_of
from comments.lifecycle.bulk import History, Step, record
from comments.lifecycle.deciding import UNDO_WINDOW, NotAllowed, Reasons, StaleVersion, event_logged
from comments.lifecycle.editors import ReasonMissing, approve, deny_appeal, dismiss_reports, erase, escalate, reject, remove, request_correction, undo
from comments.lifecycle.moves import MOVES, Move
from comments.lifecycle.reporting import NotPublic, report
from comments.lifecycle.standing import MoveRefused, WrongStatus
from comments.lifecycle.system import RETURNED_LIFETIME, NotYetExpired, approve_by_policy, expire
from comments.lifecycle.writers import EDIT_WINDOW, Draft, EditWindowClosed, edit, enter, resubmit, submit, withdraw

__all__ = [
    "EDIT_WINDOW",
    "MOVES",
    "RETURNED_LIFETIME",
    "UNDO_WINDOW",
    "Actor",
    "Draft",
    "EditWindowClosed",
    "Editor",
    "History",
    "Move",
    "MoveRefused",
    "NoAppeal",
    "NotAllowed",
    "NotPublic",
    "NotRefused",
    "NotYetExpired",
    "OwnRefusal",
    "ReasonMissing",
    "Reasons",
    "StaleVersion",
    "Step",
    "WrongStatus",
    "approve",
    "approve_by_policy",
    "deny_appeal",
    "dismiss_reports",
    "edit",
    "enter",
    "erase",
    "escalate",
    "event_logged",
    "expire",
    "open_appeal",
    "record",
    "refusal_of",
    "reject",
    "remove",
    "report",
    "request_correction",
    "resubmit",
    "submit",
    "undo",
    "withdraw",
]
