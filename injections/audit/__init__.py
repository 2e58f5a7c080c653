"""Who saw and who changed what: capture, sealing, verification, report.

Writes are seen by triggers (:mod:`attaching`), reads by one middleware (:mod:`capture`), and both become rows that
nobody can change. A job chains them (:mod:`sealing`), a command checks the chain (:mod:`verification`).
"""
