-- Of a call that another fact is there for: it counts what that has cost, and is none more.
ALTER TABLE "model_call_fact" ADD COLUMN "is_part" BOOLEAN NOT NULL DEFAULT false;
