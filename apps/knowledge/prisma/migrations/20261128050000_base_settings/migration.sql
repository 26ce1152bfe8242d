-- How a base is searched: how two lists become one, what scores too little to be found at all, and whether a reranker,
-- where one is configured, has the last word.
ALTER TABLE "knowledge_base" ADD COLUMN "fusion" TEXT NOT NULL DEFAULT 'weighted';
ALTER TABLE "knowledge_base" ADD COLUMN "min_score" DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE "knowledge_base" ADD COLUMN "rerank" BOOLEAN NOT NULL DEFAULT true;
