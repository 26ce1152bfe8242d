import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFolderBlobStore } from '../blobs/folder-blob-store.ts'
import { HOSTILE_PATHS } from '../parsing/testing/hostile-paths.ts'
import { docx, paragraph } from '../parsing/testing/office.ts'
import { parse } from '../parsing/testing/parse.ts'
import { setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string
beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('api'))
  base = await client.createBase()
})
afterAll(() => knowledge.tearDown())

test('there are enough of them, each another', () => {
  expect(new Set(HOSTILE_PATHS).size).toBeGreaterThanOrEqual(200)
})

test('the name of a document is a label: kept as it is, or refused with the field', async () => {
  const kept: string[] = []
  for (const name of HOSTILE_PATHS) {
    const body = { name, text: `text of ${kept.length}` }
    const response = await client.call('POST', `/${base}/documents`, { body })
    if (response.statusCode === 202) {
      expect(response.json().name).toBe(name.normalize('NFC').trim())
      kept.push(response.json().name)
    } else {
      expect(response.statusCode, JSON.stringify(name)).toBe(400)
      expect(response.json().errors, JSON.stringify(name)).toMatchObject([{ pointer: '#/name' }])
    }
  }
  expect(kept).toContain('../etc/passwd')
  expect(kept.some((name) => /\p{Cc}|\p{Cs}/u.test(name))).toBe(false)
  const { rows } = await knowledge.pool.query(
    'SELECT count(*)::int AS count FROM document WHERE knowledge_base_id = $1',
    [base],
  )
  expect(rows).toEqual([{ count: new Set(kept).size }])
})

test('an uploaded file is called so, and nothing else', async () => {
  for (const path of HOSTILE_PATHS.slice(0, 40)) {
    const response = await client.upload(base, new Blob(['text']), `${path}.txt`)
    expect([202, 400]).toContain(response.statusCode)
    if (response.statusCode === 202) expect(response.json().mediaType).toBe('text/plain')
  }
})

test('a part of an archive is read in memory, whatever it is called', async () => {
  const ends = await Promise.all(
    HOSTILE_PATHS.map((path) =>
      parse('a.docx', docx(paragraph('환불'), { [path]: 'x' })).then(
        ({ text }) => text,
        ({ code }: { code: string }) => code,
      ),
    ),
  )
  for (const end of ends) expect(end).toMatch(/^환불|^document\.damaged$/)
})

test('no blob is written under such a name', async () => {
  const around = await mkdtemp(join(tmpdir(), 'dure-names-'))
  const store = createFolderBlobStore(join(around, 'blobs'))
  const folder = { tenant: testTenant('1'), folder: 'kb_1' }
  for (const path of HOSTILE_PATHS) {
    if (/^[\w-]+$/.test(path)) continue
    await expect(store.put(folder, path, [Buffer.from('x')]), path).rejects.toThrow(TypeError)
  }
  const entries = await readdir(around, { recursive: true, withFileTypes: true })
  expect(entries.filter((entry) => entry.isFile())).toEqual([])
  await rm(around, { recursive: true })
})
