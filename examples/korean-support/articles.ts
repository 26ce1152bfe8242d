import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './api.ts'
import { ExampleError } from './connection.ts'

interface Document {
  readonly id: string
  readonly name: string
  readonly status: 'queued' | 'ingesting' | 'ready' | 'failed'
  readonly chunkCount: number
  readonly error?: { readonly code: string; readonly message: string }
}

const FOLDER = join(import.meta.dirname, 'articles')
const READY_LIMIT_MS = 120_000
const POLL_MS = 300

/** Uploads each article; one that is there already with the same content stays as it is. */
export async function uploadArticles(api: Api, documentsPath: string): Promise<Document[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.md')).sort()
  const documents: Document[] = []
  for (const name of names) {
    const content = await readFile(join(FOLDER, name))
    const body = new FormData()
    body.set('file', new Blob([content], { type: 'text/markdown' }), name)
    documents.push(await api.call<Document>({ method: 'POST', path: documentsPath, body }))
  }
  return documents
}

export interface Waiting {
  readonly api: Api
  readonly documentsPath: string
  readonly log: (line: string) => void
}

/**
 * Asks until every document is ready.
 *
 * @returns the number of passages in all of them
 * @throws ExampleError when one has failed, or when they are not ready after two minutes
 */
export async function untilReady(
  documents: readonly Document[],
  { api, documentsPath, log }: Waiting,
): Promise<number> {
  const endsAt = performance.now() + READY_LIMIT_MS
  let current = [...documents]
  for (let told = -1; ; ) {
    const ready = current.filter(isReady).length
    if (ready > told) log(`  ${ready} of ${current.length} articles are ready`)
    told = ready
    if (ready === current.length) {
      return current.reduce((sum, { chunkCount }) => sum + chunkCount, 0)
    }
    if (performance.now() > endsAt) {
      throw new ExampleError(
        `Only ${ready} of ${current.length} articles are ready after ${READY_LIMIT_MS / 1000} s: look at the log of the knowledge service`,
      )
    }
    await sleep(POLL_MS)
    current = await Promise.all(
      current.map((document) =>
        isReady(document)
          ? document
          : api.call<Document>({ method: 'GET', path: `${documentsPath}/${document.id}` }),
      ),
    )
  }
}

function isReady({ name, status, error }: Document): boolean {
  if (status === 'failed') {
    throw new ExampleError(`${name} could not be read: ${error?.code} ${error?.message}`)
  }
  return status === 'ready'
}
