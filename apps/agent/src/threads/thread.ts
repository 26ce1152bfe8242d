import type { ExecutionId, Tenant, ThreadId } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import type pg from 'pg'
import { type Summary, toldOf } from './summary.ts'

/** A conversation with agents. */
export interface Thread {
  readonly id: ThreadId
  readonly title: string
  readonly metadata: Readonly<Record<string, string>>
  readonly createdBy: string
  readonly createdAt: Date
  /** Of title and metadata. */
  readonly updatedAt: Date
}

export interface ThreadKey {
  readonly tenant: Tenant
  readonly threadId: ThreadId
}

/** As every statement on a thread has it, in its first parameters. */
export function keyOf({ tenant, threadId }: ThreadKey): [string, string, string] {
  return [tenant.organizationId, tenant.projectId, threadId]
}

export interface Said {
  readonly role: 'user' | 'assistant'
  readonly content: string
  /** Before it was said, something was read that somebody outside may have written. */
  readonly isUntrusted: boolean
}

export interface ThreadMessage extends Said {
  /** In its thread, from 1. */
  readonly position: number
  readonly executionId: ExecutionId
  readonly createdAt: Date
}

/** What was said in a thread, for whoever begins or ends an execution: always in that same transaction. */
export interface ThreadLog {
  /** Until the transaction ends, nobody else adds to it. @returns false when there is no such thread */
  lock(client: pg.PoolClient, key: ThreadKey): Promise<boolean>
  summary(client: pg.PoolClient, key: ThreadKey): Promise<Summary | undefined>
  /** The last ones that fit, oldest first. */
  newest(
    client: pg.PoolClient,
    key: ThreadKey,
    of: { readonly limit: number; readonly after: number },
  ): Promise<Said[]>
  /** To a thread that was deleted meanwhile, nothing is added. */
  append(
    client: pg.PoolClient,
    key: ThreadKey,
    of: { readonly executionId: ExecutionId; readonly said: readonly Said[] },
  ): Promise<void>
}

export interface History {
  readonly messages: readonly ModelMessage[]
  readonly isUntrusted: boolean
}

export const NOTHING_SAID: History = { messages: [], isUntrusted: false }

/** What the model is told of a thread. It begins with a user, since there are models that refuse all else. */
export function historyOf(newest: readonly Said[], summary?: Summary): History {
  const first = newest.findIndex(({ role }) => role === 'user')
  const told = first === -1 ? [] : newest.slice(first)
  return {
    messages: [
      ...(summary ? [toldOf(summary)] : []),
      ...told.map(({ role, content }) => ({ role, content })),
    ],
    isUntrusted: (summary?.isUntrusted ?? false) || told.some(({ isUntrusted }) => isUntrusted),
  }
}

/** The input of an execution, as its thread keeps it. */
export function saidIn({
  input,
  isUntrusted,
}: Pick<Said, 'isUntrusted'> & { readonly input: readonly ModelMessage[] }): Said[] {
  return input.map(({ role, content }) => ({
    role: role === 'assistant' ? role : 'user',
    content: textOf(content),
    isUntrusted,
  }))
}

/** The answer of an execution, as its thread keeps it. */
export function answerIn(output: unknown, { isUntrusted }: Pick<Said, 'isUntrusted'>): Said {
  return { role: 'assistant', content: textOf(output ?? ''), isUntrusted }
}

/** PostgreSQL has no text with a NUL in it. */
function textOf(content: unknown): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return text.replaceAll('\u0000', '')
}

export function threadNotFound(): NotFoundError {
  return new NotFoundError('thread.not-found', 'There is no such thread')
}

export function threadBusy(): ConflictError {
  const hint =
    'An execution in this thread has not ended yet: wait for it, or cancel it (GET /v1/agent-runs?threadId=…)'
  return new ConflictError('thread.busy', hint)
}

export function threadChanged(): ConflictError {
  const hint = 'Somebody else has changed the thread meanwhile: get it again'
  return new ConflictError('thread.changed', hint)
}
