import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'
import type { BlobFolder, BlobStore } from './blob-store.ts'
import { createFolderBlobStore } from './folder-blob-store.ts'
import { createPostgresBlobStore } from './postgres-blob-store.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let root: string
let stores: Readonly<Record<string, BlobStore>>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  root = await mkdtemp(join(tmpdir(), 'dure-blobs-'))
  stores = {
    PostgreSQL: createPostgresBlobStore(knowledge.pool),
    'a folder': createFolderBlobStore(root),
  }
})
afterAll(async () => {
  await knowledge.tearDown()
  await rm(root, { recursive: true })
})

const MIB = 1024 * 1024
const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31) % 251)
let folders = 0
const newFolder = (): BlobFolder => ({ tenant: testTenant('1'), folder: `kb_${++folders}` })

describe.each(['PostgreSQL', 'a folder'])('blobs in %s', (name) => {
  const store = () => stores[name] ?? expect.unreachable()

  test.each([0, 1, MIB - 1, MIB, MIB + 1, 20 * MIB])(
    'come back as they were: %d bytes',
    async (length) => {
      const folder = newFolder()
      const blob = bytes(length)
      await store().put(folder, 'blob', [blob.subarray(0, 1000), blob.subarray(1000)])

      const got = await store().get(folder, 'blob')

      expect(Buffer.compare(got ?? expect.unreachable(), blob)).toBe(0)
    },
  )

  test('are replaced as a whole, listed, and gone when they are removed', async () => {
    const folder = newFolder()
    await store().put(folder, 'a', [bytes(3 * MIB)])
    await store().put(folder, 'a', [bytes(3)])
    await store().put(folder, 'b', [bytes(2 * MIB)])

    expect(await store().get(folder, 'a')).toEqual(bytes(3))
    expect((await store().list(folder)).toSorted()).toEqual(['a', 'b'])

    await store().remove(folder, ['a', 'unknown'])
    expect(await store().get(folder, 'a')).toBeUndefined()
    expect(await store().list(folder)).toEqual(['b'])
    await store().remove(folder, ['b'])
    expect(await store().list(folder)).toEqual([])
  })

  test('are those of one tenant and one folder', async () => {
    const folder = newFolder()
    await store().put(folder, 'a', [bytes(3)])

    for (const other of [{ ...folder, tenant: testTenant('2') }, newFolder()]) {
      expect(await store().get(other, 'a')).toBeUndefined()
      expect(await store().list(other)).toEqual([])
      await store().remove(other, ['a'])
    }
    expect(await store().get(folder, 'a')).toEqual(bytes(3))
  })
})

test('a folder has no blobs of names that lead elsewhere', async () => {
  const store = createFolderBlobStore(root)

  await expect(store.get(newFolder(), '../secret')).rejects.toThrow(TypeError)
  await expect(store.list({ ...newFolder(), folder: '..' })).rejects.toThrow(TypeError)
})

describe('blobs in PostgreSQL', () => {
  const store = () => stores.PostgreSQL ?? expect.unreachable()

  test('of which a part is lost are not there', async () => {
    const folder = newFolder()
    await store().put(folder, 'blob', [bytes(17 * MIB)])

    await knowledge.pool.query('DELETE FROM blob_part WHERE folder = $1 AND part = 3', [
      folder.folder,
    ])

    expect(await store().get(folder, 'blob')).toBeUndefined()
  })

  test('have names that are no part of a statement', async () => {
    const folder = newFolder()
    const names = [`a' OR ''='`, 'a\\', `$1`]
    for (const [at, name] of names.entries()) await store().put(folder, name, [bytes(at + 1)])

    for (const [at, name] of names.entries()) {
      expect(await store().get(folder, name)).toEqual(bytes(at + 1))
    }
    expect(await store().get(folder, 'a')).toBeUndefined()
  })
})
