-- A file is to be parsed itself, whatever became of the same file before. A process of the build before takes over what did.
ALTER TABLE "document" ADD COLUMN "parse_anew" BOOLEAN NOT NULL DEFAULT false;
