import { BackendConfig, SecretsConfig } from '@dure/platform'
import { type Static, Type } from 'typebox'

export const Config = Type.Object({
  ...BackendConfig.properties,
  ...SecretsConfig.properties,
  EGRESS_ALLOW: Type.String({
    default: '',
    description: 'host:port, comma separated: not public, and yet webhooks may be sent to them',
  }),
  RESULT_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 32,
    description: 'How many results of tasks this process takes in at once',
  }),
  RECONCILE_MS: Type.Integer({
    minimum: 50,
    maximum: 60_000,
    default: 250,
    description:
      'Milliseconds between two looks for runs that are due and for work that a lost message left behind',
  }),
  RESEND_AFTER_MS: Type.Integer({
    minimum: 100,
    maximum: 600_000,
    default: 10_000,
    description: 'A task without a result is sent again after this many milliseconds',
  }),
  RUN_TIMEOUT_MS: Type.Integer({
    minimum: 1000,
    maximum: 604_800_000,
    default: 86_400_000,
    description: 'Every run ends after this many milliseconds at the latest',
  }),
  MAX_RUNNING_RUNS: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    default: 1000,
    description: 'Runs of one project that are under way at one time; the next ones wait',
  }),
  MAX_QUEUED_RUNS: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    default: 20_000,
    description: 'Runs of one project that wait; the next ones are refused with 429',
  }),
  MCP_ORIGINS: Type.String({
    default: '',
    description:
      'Origins, comma separated, such as https://app.example: pages of these may call tools at /mcp',
  }),
  RETENTION_DAYS: Type.Integer({
    minimum: 1,
    maximum: 3650,
    default: 30,
    description: 'Days after their end for which runs and their events are kept',
  }),
})
export type Config = Static<typeof Config>
