import { randomUUID } from 'node:crypto'
import { UnavailableError } from '@dure/kernel'
import { createPool } from '@dure/platform'
import { silentLog, testDatabase, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import type { ToolDefinition, ToolWork } from '../definition.ts'
import { createCallLedger } from '../ledger-store.ts'
import { createTools } from '../service.ts'
import type { ToolCall, Tools } from '../tool.ts'

const LEASE_MS = 60_000

/** The executor on a real ledger, with one tool, `probe`, that does what the test says. */
export interface Probe {
  readonly tools: Tools
  readonly pool: pg.Pool
  /** What the tool was asked for since it last became something. */
  readonly calls: ToolWork[]
  become(changes: Partial<ToolDefinition>, act?: (work: ToolWork) => unknown): void
  newCall(changes?: Partial<ToolCall>): Promise<ToolCall>
  /** As if the process had died before the outcome was recorded. */
  leaseOver(call: ToolCall): Promise<unknown>
  close(): Promise<void>
}

export async function startProbe(): Promise<Probe> {
  const { databaseUrl, drop } = await testDatabase('agent')
  const pool = createPool({ DATABASE_URL: databaseUrl }, { max: 4, rows: 'of every tenant' })
  const calls: ToolWork[] = []
  let definition: ToolDefinition
  const tools = createTools({
    sources: [{ find: async (_tenant, { tool }) => (tool === 'probe' ? definition : undefined) }],
    ledger: createCallLedger({ pool, leaseMs: LEASE_MS }),
    leaseMs: LEASE_MS,
    log: silentLog(),
  })
  const become: Probe['become'] = (changes, act = () => ({ done: calls.length })) => {
    definition = {
      ...{ name: 'probe', description: 'Probes', inputSchema: { type: 'object' } },
      ...{ effect: 'write', idempotent: false, reach: 'fixed', trust: 'untrusted' },
      async execute(work) {
        calls.push(work)
        return act(work)
      },
      ...changes,
    }
  }
  become({})

  return {
    tools,
    pool,
    calls,
    become,
    async newCall(changes = {}) {
      const tenant = testTenant()
      const [tool] = await tools.bind(tenant, [{ tool: 'probe' }])
      if (!tool) throw new Error('there is no probe')
      return {
        ...{ callKey: `exe_${randomUUID()}/1/0`, tenant, caller: undefined, payer: { tenant } },
        ...{ tool, input: {}, timeoutMs: 5000, signal: new AbortController().signal },
        ...changes,
      }
    },
    leaseOver: ({ callKey }) =>
      pool.query(
        `UPDATE tool_call SET status = 'executing', outcome = NULL, lease_until = now()
         WHERE call_key = $1`,
        [callKey],
      ),
    async close() {
      await pool.end()
      await drop()
    },
  }
}

/** What a tool throws whose answer was lost on the way. */
export function lost(work: ToolWork): never {
  work.onSent()
  throw new UnavailableError('egress.unreachable', 'The connection failed')
}
