import { randomUUIDv7 } from 'node:crypto'
import type { Identity, ThreadId } from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { ThreadDraft, ThreadStore } from './store.ts'
import type { SummaryStore } from './summary-store.ts'
import {
  type Thread,
  type ThreadKey,
  type ThreadMessage,
  threadChanged,
  threadNotFound,
} from './thread.ts'

/** Whether a change is of what its author has seen. */
type IsExpected = (thread: Thread) => boolean

/** Everything that names a thread throws NotFoundError `thread.not-found`. */
export interface ThreadService {
  create(identity: Identity, draft: ThreadDraft): Promise<Thread>
  get(key: ThreadKey): Promise<Thread>
  summary: SummaryStore['find']
  page: ThreadStore['page']
  /** @throws ConflictError `thread.changed` */
  update(key: ThreadKey, draft: Partial<ThreadDraft>, isExpected: IsExpected): Promise<Thread>
  /** Executions keep what they were asked and have answered. @throws ConflictError `thread.changed` */
  remove(key: ThreadKey, isExpected: IsExpected): Promise<void>
  messages(
    key: ThreadKey,
    page: { readonly after: number; readonly limit: number },
  ): Promise<ThreadMessage[]>
}

interface Parts {
  readonly pool: pg.Pool
  readonly store: ThreadStore
  readonly summaries: Pick<SummaryStore, 'find'>
  /** What is remembered for a thread goes with it. */
  readonly forget: (client: pg.PoolClient, key: ThreadKey) => Promise<unknown>
}

export function createThreadService({ pool, store, summaries, forget }: Parts): ThreadService {
  async function get(key: ThreadKey): Promise<Thread> {
    const thread = await store.find(key)
    if (!thread) throw threadNotFound()
    return thread
  }

  const change = <Result>(
    { key, isExpected }: { readonly key: ThreadKey; readonly isExpected: IsExpected },
    make: (client: pg.PoolClient) => Promise<Result>,
  ) =>
    withTransaction(pool, async (client) => {
      const thread = await store.lock(client, key)
      if (!thread) throw threadNotFound()
      if (!isExpected(thread)) throw threadChanged()
      return make(client)
    })

  return {
    get,
    summary: summaries.find,
    page: store.page,

    create({ tenant, principalId: createdBy }, draft) {
      const id = prefixedId('thr', randomUUIDv7()) as ThreadId
      return store.insert(tenant, { ...draft, id, createdBy })
    },

    update: (key, draft, isExpected) =>
      change({ key, isExpected }, (client) => store.update(client, key, draft)),

    remove: (key, isExpected) =>
      change({ key, isExpected }, async (client) => {
        await store.remove(client, key)
        await forget(client, key)
      }),

    async messages(key, page) {
      await get(key)
      return store.messages(key, page)
    },
  }
}
