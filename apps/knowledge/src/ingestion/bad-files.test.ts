import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type BadFile, badFiles } from '../parsing/testing/bad-files.ts'
import { bombs, oddTexts } from '../parsing/testing/bombs.ts'
import { setUpKnowledge } from '../testing.ts'
import { startWorkerProcess } from './testing/worker-process.ts'

// Two hundred files and more go through the processes that parse them; some are there to take long.
const TIMEOUT_MS = 600_000
vi.setConfig({ testTimeout: TIMEOUT_MS })

const SEED = 20261127
const DOCUMENTED = new Set(
  [
    ...readFileSync(join(import.meta.dirname, '../../../../docs/errors.md'), 'utf8').matchAll(
      /^\| `([^`]+)` \| ([^|]+) \|/gm,
    ),
  ].map(([, code]) => code),
)

/** Bombs whose size nothing tells beforehand: only the limits of a process end them. Everything else has a reason of its own. */
const MAY_BE_LOST = new Set(['inflates-twice.pdf'])
const LOST = ['document.parsing-timed-out', 'document.parsing-out-of-memory']

/** What becomes of each bomb and each odd text; `ready`: it is read all the same. */
const FATES: Readonly<Record<string, string>> = {
  'inflates.docx': 'document.inflates-too-much',
  'inflates.xlsx': 'document.inflates-too-much',
  'inflates.pptx': 'document.inflates-too-much',
  'inflates.hwpx': 'document.inflates-too-much',
  'inflates.hwp': 'document.inflates-too-much',
  'nests-zips.docx': 'ready',
  'slips.docx': 'document.damaged',
  'has-many-parts.docx': 'document.too-many-parts',
  'has-many-pages.pdf': 'document.too-many-pages',
  'laughs.docx': 'document.has-doctype',
  'reads-a-file.docx': 'document.has-doctype',
  'laughs.hwpx': 'document.has-doctype',
  'claims-to-be-huge.png': 'document.image-too-large',
  'is-deep.json': 'document.damaged',
  'is-deep.html': 'document.too-deep',
  'is-deep.docx': 'document.too-deep',
  'is-deep.pdf': 'document.empty',
  'is-wide.csv': 'document.empty',
  'is-long.csv': 'document.empty',
  'opens-a-quote.csv': 'document.damaged',
  'has-many-headings.md': 'document.too-many-passages',
  'is-locked.pdf': 'document.encrypted',
  'is-locked.hwp': 'document.encrypted',
  'is-locked.docx': 'document.encrypted',
  'runs.pdf': 'ready',
  'refers-to-itself.pdf': 'document.damaged',
  'blank.txt': 'document.empty',
  'mark-alone.txt': 'document.empty',
  'one-line.txt': 'ready',
  'one-line.html': 'ready',
  'lone-surrogates.txt': 'document.unknown-encoding',
  'odd-utf16.txt': 'document.unknown-encoding',
  'decomposed.txt': 'ready',
  'cp949.txt': 'ready',
  'two-encodings.txt': 'document.unknown-encoding',
  'nul.txt': 'document.not-text',
  'controls.txt': 'ready',
  'marks-on-a-letter.txt': 'ready',
  'right-to-left.md': 'ready',
  'not-what-it-names.html': 'ready',
  'no-such-encoding.html': 'ready',
  'many-numbers.json': 'ready',
  'prototype.json': 'ready',
  'formula.csv': 'ready',
  'script.html': 'document.empty',
  'rich.txt': 'ready',
  'drawing.txt': 'ready',
  'old.docx': 'document.unsupported-format',
  'nothing.hwp': 'document.unsupported-format',
  'letter-only.hwpx': 'ready',
  'marks.pptx': 'ready',
}

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string

let worker: ReturnType<typeof startWorkerProcess>

beforeAll(async () => {
  knowledge = await setUpKnowledge({ PARSE_MEMORY_MB: '256', PARSE_TIMEOUT_S: '20' })
  client = knowledge.client(await knowledge.start('api'))
  base = await client.createBase()
  worker = startWorkerProcess(knowledge.environment('worker'), undefined, TIMEOUT_MS)
})
afterAll(async () => {
  await worker?.stop()
  await knowledge?.tearDown()
})

interface Outcome {
  readonly name: string
  readonly id?: string
  /** Why it was refused or has failed; absent: it is ready. */
  readonly code?: string
  readonly message?: string
}

async function fate({ name, bytes }: BadFile): Promise<Outcome> {
  // A database that is busy may be asked again.
  const { statusCode, id, code, detail } = await eventually(async () => {
    const response = await client.upload(base, new Blob([Buffer.from(bytes)]), name)
    expect(response.statusCode).not.toBe(503)
    return { statusCode: response.statusCode, ...response.json() }
  })
  expect(statusCode, name).toBeLessThan(500)
  if (statusCode !== 202) return { name, code, message: detail }
  const { error } = await client.settled(base, id, { timeoutMs: 120_000 })
  return { name, id, ...error }
}

describe('two hundred bad files', () => {
  const files = badFiles(SEED)
  const outcomes: Outcome[] = []

  test('are each ready, or have failed with a documented code, and the service goes on', async () => {
    expect(files.length).toBeGreaterThanOrEqual(200)
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length)
    const queue = files[Symbol.iterator]()
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (const file of queue) outcomes.push(await fate(file))
      }),
    )

    const unexplained = outcomes.filter(
      ({ code, message }) => code !== undefined && !(DOCUMENTED.has(code) && message),
    )
    expect(unexplained).toEqual([])
    expect((await client.call('GET', `/${base}`)).statusCode).toBe(200)
    const after = await client.put(base, 'after.txt', '다음 문서')
    expect(await client.settled(base, after.id)).toMatchObject({ status: 'ready' })
    // Nobody has started another one.
    expect(worker.isAlive()).toBe(true)
  })

  test('never lose a parser but by a bomb that is there for that', () => {
    const lost = outcomes.filter(
      ({ name, code = '' }) =>
        code === 'document.parser-crashed' || (LOST.includes(code) && !MAY_BE_LOST.has(name)),
    )
    expect(lost).toEqual([])
    const inflated = outcomes.filter(({ name }) => MAY_BE_LOST.has(name))
    expect(inflated.map(({ code }) => LOST.includes(code ?? ''))).toEqual([true])
  })

  test('that are bombs or odd have the reason that they should have', () => {
    const names = [...bombs(), ...oddTexts()].map(({ name }) => name)
    const wanted = names.filter((name) => !MAY_BE_LOST.has(name))
    const found = outcomes
      .filter(({ name }) => wanted.includes(name))
      .map(({ name, code = 'ready' }) => [name, code])
    expect(Object.fromEntries(found)).toEqual(FATES)
    expect(Object.keys(FATES).toSorted()).toEqual(wanted.toSorted())
  })

  test('leave nothing that is half visible', async () => {
    const { rows } = await knowledge.pool.query(
      `SELECT name FROM document WHERE CASE status
         WHEN 'ready' THEN published_version <> version OR chunk_count <>
           (SELECT count(*) FROM chunk WHERE document_id = document.id AND chunk.version = document.version)
         ELSE published_version <> 0 OR EXISTS (SELECT FROM chunk WHERE document_id = document.id) END`,
    )
    expect(rows).toEqual([])
  })
})
