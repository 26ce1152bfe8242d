import { randomUUIDv7 } from 'node:crypto'
import type { HttpAuth, Identity, ToolId } from '@dure/contracts'
import { DureError, InvalidInputError, prefixedId } from '@dure/kernel'
import type { Egress } from '@dure/platform'
import { sha256Of } from '../definition.ts'
import type { JsonSchema } from '../json-schema.ts'
import { readOpenApi } from './openapi.ts'
import { checkDraft, type ProjectTool, type ToolDraft } from './project-tool.ts'
import { MAX_TOOLS, nameTaken } from './service.ts'
import type { ProjectToolStore } from './store.ts'

export interface ImportRequest {
  readonly name: string
  readonly document?: JsonSchema | undefined
  readonly url?: string | undefined
  readonly auth?: HttpAuth | undefined
  readonly include?: readonly string[] | undefined
}

export interface Imported {
  readonly operation: string
  /** Absent where it became no tool. */
  readonly tool?: ProjectTool
  readonly change: 'created' | 'updated' | 'unchanged' | 'refused'
  readonly problem?: string
}

export interface ImportService {
  /**
   * Each operation becomes a tool, or says why not. Done again, it changes what has changed; tools
   * of operations that are gone stay, and are said.
   *
   * @throws InvalidInputError `openapi.invalid`, `openapi.too-many-operations`
   * @throws DureError as the guard of the way out does, for `url`
   */
  run(
    identity: Identity,
    request: ImportRequest,
  ): Promise<{ readonly operations: readonly Imported[]; readonly missing: readonly ProjectTool[] }>
}

const MAX_DOCUMENT_BYTES = 4_194_304
const FETCH_TIMEOUT_MS = 15_000

export interface ImportServiceDependencies {
  readonly store: ProjectToolStore
  readonly egress: Egress
  /** Names that nobody else may have. */
  readonly reserved: ReadonlySet<string>
}

export function createImportService({
  store,
  egress,
  reserved,
}: ImportServiceDependencies): ImportService {
  return {
    async run(identity, request) {
      const document = request.document ?? (await fetched(egress, request.url))
      const read = readOpenApi({
        ...{ name: request.name, document, baseUrl: request.url },
        ...{ auth: request.auth, include: request.include },
        checkServer: (url) => checkServer(egress, url),
      })
      const before = new Map(
        (await store.imported(identity.tenant, request.name)).map((tool) => [
          tool.source?.operation,
          tool,
        ]),
      )
      const operations: Imported[] = []
      for (const one of read) {
        const { operation } = one
        const known = before.get(operation)
        before.delete(operation)
        if ('problem' in one)
          operations.push({ operation, change: 'refused', problem: one.problem })
        else operations.push(await kept(identity, known, one.draft))
      }
      return { operations, missing: request.include ? [] : [...before.values()] }
    },
  }

  async function kept(
    identity: Identity,
    known: ProjectTool | undefined,
    draft: ToolDraft,
  ): Promise<Imported> {
    const operation = draft.source?.operation ?? ''
    try {
      checkDraft(draft)
      if (known) return { operation, ...(await updated(known, { ...draft, name: known.name })) }
      if (reserved.has(draft.name)) throw nameTaken(draft.name)
      const { tenant, principalId: createdBy } = identity
      const id = prefixedId('tool', randomUUIDv7()) as ToolId
      const tool = await store.insert({ ...draft, id, tenant, createdBy, limit: MAX_TOOLS })
      if (tool) return { operation, change: 'created', tool }
      const isTaken = await store.findByName(tenant, draft.name)
      const problem = isTaken
        ? nameTaken(draft.name).message
        : `There are ${MAX_TOOLS} tools already`
      return { operation, change: 'refused', problem }
    } catch (error) {
      if (!(error instanceof DureError)) throw error
      return { operation, change: 'refused', problem: error.message }
    }
  }

  async function updated(known: ProjectTool, draft: ToolDraft) {
    if (fingerprint(known) === fingerprint(draft))
      return { change: 'unchanged', tool: known } as const
    const tool = await store.replace(known, draft)
    if (tool && tool !== 'name-taken') return { change: 'updated', tool } as const
    return { change: 'refused', problem: 'Somebody else changes it at the moment' } as const
  }
}

function fingerprint({ description, inputSchema, effect, spec, source }: ToolDraft): string {
  return sha256Of({ description, inputSchema, effect, spec, source })
}

function checkServer(egress: Egress, url: string): void {
  const { trusted } = egress.check(url)
  if (trusted || url.startsWith('https:')) return
  const detail = `its server ${new URL(url).origin} is not https: what is sent could be read on the way`
  throw new InvalidInputError('openapi.invalid-operation', `It cannot be a tool: ${detail}`)
}

async function fetched(egress: Egress, url: string | undefined): Promise<JsonSchema> {
  if (url === undefined) {
    throw new InvalidInputError('openapi.invalid', 'Give `document` or `url`', [
      { pointer: '#/document', message: 'is missing' },
    ])
  }
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS)
  const { status, body } = await egress
    .request({
      ...{ method: 'GET', url, headers: { accept: 'application/json', 'user-agent': 'Dure' } },
      ...{ maxBytes: MAX_DOCUMENT_BYTES, timeoutMs: FETCH_TIMEOUT_MS, signal },
    })
    .catch((error: unknown) => notAnswering(error, signal))
  const document = status === 200 ? parsed(body.toString('utf8')) : undefined
  if (typeof document === 'object' && document !== null) return document as JsonSchema
  const message = status === 200 ? 'is no JSON: convert YAML first' : `answers with ${status}`
  throw noDocument(message)
}

/** That somebody else's server is down is no failure of ours. */
function notAnswering(error: unknown, { aborted }: AbortSignal): never {
  const isDown = error instanceof DureError && DOWN.has(error.kind)
  if (isDown) throw noDocument(error.message)
  if (aborted) throw noDocument(`took longer than ${FETCH_TIMEOUT_MS} ms`)
  throw error
}

const DOWN: ReadonlySet<string> = new Set(['unavailable', 'timeout'])

function noDocument(message: string): InvalidInputError {
  return new InvalidInputError('openapi.invalid', 'There is no document', [
    { pointer: '#/url', message },
  ])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
