-- How far the ingestion of a document has come: said by the statements that bring it on. Null: nobody is at it.
ALTER TABLE "document" ADD COLUMN "stage" TEXT;
ALTER TABLE "document" ADD COLUMN "stage_done" INTEGER;
ALTER TABLE "document" ADD COLUMN "stage_total" INTEGER;
