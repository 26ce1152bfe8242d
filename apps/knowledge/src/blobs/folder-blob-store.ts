import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BlobFolder, type BlobStore, MOST_BLOBS } from './blob-store.ts'

/** Blobs as files below a folder, which all processes of the service share: a disk, or a bucket that is mounted. */
export function createFolderBlobStore(root: string): BlobStore {
  return {
    async put(folder, name, pieces) {
      const path = pathOf(root, folder)
      const finished = join(path, safe(name))
      await mkdir(path, { recursive: true })
      // Nobody ever sees a part of it.
      const unfinished = join(path, `${UNFINISHED}${randomUUID()}`)
      await writeFile(unfinished, pieces)
      await rename(unfinished, finished)
    },

    async get(folder, name) {
      const bytes = await readFile(join(pathOf(root, folder), safe(name))).catch(whereMissing)
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    },

    async list(folder) {
      const names = (await readdir(pathOf(root, folder)).catch(whereMissing)) ?? []
      return names.slice(0, MOST_BLOBS)
    },

    async remove(folder, names) {
      const path = pathOf(root, folder)
      for (const name of names) await rm(join(path, safe(name)), { force: true })
      const left = await readdir(path).catch(whereMissing)
      if (left?.length === 0) await rm(path, { recursive: true, force: true })
    },
  }
}

const UNFINISHED = 'unfinished-'

function pathOf(root: string, { tenant, folder }: BlobFolder): string {
  return join(root, ...[tenant.organizationId, tenant.projectId, folder].map(safe))
}

/** @throws TypeError for what is no name of ours, such as one that leads elsewhere */
function safe(name: string): string {
  if (/^[\w-]{1,200}$/.test(name)) return name
  throw new TypeError(`Not the name of a blob: ${name}`)
}

function whereMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
