-- A file is kept as it was uploaded; its text comes when it is parsed. A process of the build before takes up a document
-- without a text in vain and leaves it to the others; after three such attempts it has failed and is to be uploaded again.
ALTER TABLE "document" ALTER COLUMN "text" DROP NOT NULL;
ALTER TABLE "document" ADD COLUMN "original" BYTEA;
ALTER TABLE "document" ADD COLUMN "outline" JSONB;
ALTER TABLE "chunk" ADD COLUMN "page" INTEGER;
