"""Identities: integers inside a book, UUIDv7 on what travels between books."""

from __future__ import annotations

import os
import threading
import time
from typing import NewType

GroupId = NewType("GroupId", int)
CycleId = NewType("CycleId", int)
HouseholdId = NewType("HouseholdId", int)
MemberId = NewType("MemberId", int)
MeetingId = NewType("MeetingId", int)
VoucherId = NewType("VoucherId", int)
AccountId = NewType("AccountId", int)
LoanId = NewType("LoanId", int)
PrintId = NewType("PrintId", int)
LivelihoodId = NewType("LivelihoodId", int)
VisitId = NewType("VisitId", int)
JobId = NewType("JobId", int)
OpeningId = NewType("OpeningId", int)
PlacementId = NewType("PlacementId", int)
LossEventId = NewType("LossEventId", int)
AttachmentId = NewType("AttachmentId", int)
AssessmentId = NewType("AssessmentId", int)
ConsentId = NewType("ConsentId", int)
RequestId = NewType("RequestId", int)
UserId = NewType("UserId", int)
TrainerId = NewType("TrainerId", int)
ClassId = NewType("ClassId", int)
EnrolmentId = NewType("EnrolmentId", int)
SessionId = NewType("SessionId", int)
CertificateId = NewType("CertificateId", int)
FollowUpId = NewType("FollowUpId", int)
RoscaId = NewType("RoscaId", int)
RoscaPartId = NewType("RoscaPartId", int)
RoscaPaymentId = NewType("RoscaPaymentId", int)

_lock = threading.Lock()
_last_ms = 0
_counter = 0


def new_uid() -> bytes:
    """Return a fresh 16-byte UUIDv7 (RFC 9562): ordered by time, also within one millisecond of one process."""
    global _last_ms, _counter
    with _lock:
        now = time.time_ns() // 1_000_000
        if now <= _last_ms:
            _counter += 1
            if _counter > 0xFFF:
                _last_ms += 1
                _counter = 0
        else:
            _last_ms, _counter = now, 0
        ms, count = _last_ms, _counter
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = (ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | count << 64 | 0b10 << 62 | tail
    return value.to_bytes(16, "big")


def show_uid(uid: bytes) -> str:
    """Return the usual text form of a 16-byte identity."""
    from uuid import UUID  # loads slowly, and the window starts without it

    return str(UUID(bytes=uid))
