"""Work done after the answer: workers, leases, retries and periodic slots.

The queue is django-tasks with its database backend: a job is a row, written in the same transaction
as what it is about. This app adds what that leaves out. Colleagues need four names.

Jobs live in an app's ``tasks`` module, which is found by itself:

    @job(name=_("Recount one post"), atomic=True)
    def recount(post_id: int) -> None:
        recount_post(post=Post.objects.get(pk=post_id))

    @periodic(every=timedelta(minutes=5))  # or daily="03:15", by the clock in Copenhagen
    @job(name=_("Recount what was left"))
    def recount_rest() -> None: ...

They are queued inside the transaction of the change they follow (``panel.jobs.queue``):

    enqueue(recount, post.pk, key=f"recount:{post.pk}")

A long job, or an action that a job and a command share, asks about itself
(``panel.jobs.current``):

    for batch in batches:
        with transaction.atomic():
            work(batch)
            remember_where_we_are(batch)
            current_job().still_mine()  # LostLease rolls this batch back
        current_job().checkpoint()      # stops here when asked to, and goes on later

What a job may rely on, and what it must bear:

* It runs at least once. ``atomic=True`` makes its writes happen exactly once: they commit together
  with its result, and only while the lease holds. Such a job is short: on SQLite it holds the only
  pen.
* Without ``atomic`` it may run again after it was half done (kill, power cut, time limit). It
  repeats safely, or writes how far it came in the same transaction as each step, with
  ``still_mine()`` as the last thing in it.
* It is tried ``tries`` times with growing pauses; then it is a dead letter staff can run again.
* It is stopped when ``time_limit`` is over.
* Arguments are JSON: ids, never objects, never anything about a person.

Tests run what was queued with ``panel.jobs.worker.drain()``. docs/features/jobs.md tells the rest.
"""
