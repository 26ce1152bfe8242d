-- What of a document could not be read, though the rest is found: see apps/knowledge/src/parsing/parsed.ts. A process of the build before
-- publishes versions without it, and what was said of the version before stays until it is published by one of this build.
ALTER TABLE "document" ADD COLUMN "warnings" JSONB;
