-- Where a walk through a source's archive goes on, apart from what polls keep (JSON: since, started_at, strategy, step).

alter table sources add column backfill text;
