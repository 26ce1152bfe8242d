-- Who may see a document: see apps/knowledge/src/documents/access.ts. A process of the build before shows it to everybody: restrict
-- documents when that is gone. No index: containment is not leakproof, so beneath a policy none would be used.
ALTER TABLE "document" ADD COLUMN "access" TEXT[] NOT NULL DEFAULT '{everybody}';
