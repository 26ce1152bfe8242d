-- What the vectors of a base count for in a search by both, from 0 to 1; words count for the rest.
ALTER TABLE "knowledge_base" ADD COLUMN "vector_weight" DOUBLE PRECISION NOT NULL DEFAULT 0.4;
