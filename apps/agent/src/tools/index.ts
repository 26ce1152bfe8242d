import { outgoing, type Tenant, workflowToolQueue } from '@dure/contracts'
import type { Egress, Logger } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type { Sandbox } from '@dure/sandbox'
import type pg from 'pg'
import type { ToolMemory } from '../memory/tool-service.ts'
import type { Vault } from '../secrets/vault-service.ts'
import { builtinTools, createBuiltins } from './builtins/index.ts'
import { createCallLedger } from './ledger-store.ts'
import { createMcpClient } from './mcp/client.ts'
import { createMcpService } from './mcp/service.ts'
import { createMcpTools } from './mcp/source.ts'
import { createMcpServerStore } from './mcp/store.ts'
import { createMcpToolStore } from './mcp/tool-store.ts'
import { createToolCatalogue } from './project/catalogue.ts'
import { createImportService } from './project/import-service.ts'
import { createProjectToolService } from './project/service.ts'
import { createProjectTools } from './project/source.ts'
import { createProjectToolStore } from './project/store.ts'
import { createTools } from './service.ts'

export interface ToolSliceParts {
  /** Of the tenant in whose name is asked. */
  readonly pool: pg.Pool
  readonly everyTenant: pg.Pool
  readonly egress: Egress
  readonly vault: Vault
  readonly sandbox: Pick<Sandbox, 'run'>
  readonly memory: ToolMemory
  readonly queues: Pick<Queues, 'send' | 'sendAll'>
  readonly leaseMs: number
  readonly log: Pick<Logger, 'warn' | 'error'>
}

/** All that there is of tools: what agents call, and what people edit. */
export function createToolSlice(of: ToolSliceParts) {
  const { pool, everyTenant, egress, vault, sandbox, memory, queues, leaseMs, log } = of
  const parts = { egress, vault, sandbox, memory, send: queues.send, now: Date.now }
  const store = createProjectToolStore(pool)
  const servers = createMcpServerStore(pool)
  const mcpTools = createMcpToolStore(pool)
  const client = createMcpClient({ egress, vault })
  const tools = createTools({
    sources: [
      createBuiltins(parts),
      createMcpTools({ servers, tools: mcpTools, client }),
      createProjectTools({ store, parts }),
    ],
    ledger: createCallLedger({ pool: everyTenant, leaseMs }),
    leaseMs,
    log,
  })
  const reserved = new Set(builtinTools.map(({ name }) => name))
  return {
    tools,
    abandon: (tenant: Tenant, callKeys: readonly string[]) =>
      queues.sendAll(
        callKeys.map((callKey) =>
          outgoing(workflowToolQueue, 'agent-tool.cancel-run', { tenant, callKey }),
        ),
      ),
    catalogue: createToolCatalogue(store),
    projectTools: createProjectToolService({ store, tools, reserved }),
    imports: createImportService({ store, egress, reserved }),
    mcp: createMcpService({ servers, tools: mcpTools, client, egress }),
  }
}
