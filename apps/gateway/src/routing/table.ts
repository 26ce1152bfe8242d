import type { ServiceName } from '@dure/contracts'

/** What of a route is on its way out, and what takes its place. */
export interface Deprecation {
  /** All methods when absent. */
  readonly methods?: readonly string[]
  /** `{name}` stands for one segment. */
  readonly pattern: string
  /** Days as `YYYY-MM-DD`. The sunset is never before the deprecation (RFC 8594). */
  readonly since: string
  readonly sunset?: string
  /** A path, with the same `{name}`s. */
  readonly successor?: string
}

/** What is reachable from outside below one path prefix of whole segments. */
export interface Route {
  readonly prefix: string
  readonly service: ServiceName
  /** Whoever calls what is below has no key: what follows the prefix is the secret. */
  readonly withoutKey?: true
  readonly deprecated?: readonly Deprecation[]
}

/** THE table of what is reachable from outside. The longest prefix wins. */
export const ROUTES: readonly Route[] = [
  { prefix: '/v1/workflows', service: 'workflow' },
  {
    prefix: '/v1/runs',
    service: 'workflow',
    deprecated: [
      {
        methods: ['GET'],
        pattern: '/v1/runs/{runId}/events',
        since: '2026-11-27',
        sunset: '2028-01-31',
        successor: '/v2/runs/{runId}/events',
      },
    ],
  },
  { prefix: '/v1/node-types', service: 'workflow' },
  { prefix: '/v1/models', service: 'agent' },
  { prefix: '/v1/providers', service: 'agent' },
  { prefix: '/v1/secrets', service: 'agent' },
  { prefix: '/v1/agents', service: 'agent' },
  { prefix: '/v1/agent-runs', service: 'agent' },
  { prefix: '/v1/agent-teams', service: 'agent' },
  { prefix: '/v1/tools', service: 'agent' },
  { prefix: '/v1/mcp-servers', service: 'agent' },
  { prefix: '/v2/threads', service: 'agent' },
  { prefix: '/v2/memory', service: 'agent' },
  { prefix: '/v2/budgets', service: 'agent' },
  { prefix: '/v2/datasets', service: 'agent' },
  { prefix: '/v2/evaluators', service: 'agent' },
  { prefix: '/v2/experiments', service: 'agent' },
  { prefix: '/v1/ai', service: 'agent' },
  { prefix: '/v1/variables', service: 'workflow' },
  { prefix: '/v1/knowledge-bases', service: 'knowledge' },
  { prefix: '/v1/dictionary-entries', service: 'knowledge' },
  { prefix: '/v1/usage', service: 'analytics' },
  { prefix: '/v1/costs', service: 'analytics' },
  { prefix: '/v1/schedules', service: 'workflow' },
  { prefix: '/v1/webhook-triggers', service: 'workflow' },
  { prefix: '/v1/event-triggers', service: 'workflow' },
  { prefix: '/v1/approvals', service: 'workflow' },
  { prefix: '/v2/runs', service: 'workflow' },
  { prefix: '/v2/runs:batch', service: 'workflow' },
  { prefix: '/v2/events', service: 'workflow' },
  { prefix: '/v2/aliases', service: 'workflow' },
  { prefix: '/v2/effects', service: 'workflow' },
  { prefix: '/v2/dead-letters', service: 'workflow' },
  { prefix: '/v2/dead-letters:redrive', service: 'workflow' },
  { prefix: '/v2/callbacks', service: 'workflow', withoutKey: true },
  { prefix: '/v2/webhook-endpoints', service: 'workflow' },
  { prefix: '/openai', service: 'workflow' },
  { prefix: '/openai/v1/embeddings', service: 'agent' },
  { prefix: '/mcp', service: 'workflow' },
  { prefix: '/hooks', service: 'workflow', withoutKey: true },
]
