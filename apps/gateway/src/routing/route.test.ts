import { expect, test } from 'vitest'
import { isWithoutKey, serviceFor } from './route.ts'

test.each([
  ['/v1/workflows', 'workflow'],
  ['/v1/workflows/wf_1/runs', 'workflow'],
  ['/v1/runs/run_1/events', 'workflow'],
  ['/v1/node-types', 'workflow'],
  ['/v1/models', 'agent'],
  ['/v1/knowledge-bases/{knowledgeBaseId}/search', 'knowledge'],
  ['/v1/usage', 'analytics'],
  ['/v1/costs/', 'analytics'],
  ['/v1/schedules/sch_1/history', 'workflow'],
  ['/v1/webhook-triggers', 'workflow'],
  ['/v1/event-triggers/evt_1/enable', 'workflow'],
  ['/v1/approvals', 'workflow'],
  ['/v2/runs', 'workflow'],
  ['/v2/runs:batch', 'workflow'],
  ['/v2/runs/run_1:fork', 'workflow'],
  ['/v2/runs/{runId}:fork', 'workflow'],
  ['/v2/events', 'workflow'],
  ['/v2/aliases', 'workflow'],
  ['/v2/effects/run_1/charge', 'workflow'],
  ['/v2/dead-letters', 'workflow'],
  ['/v2/callbacks/secret', 'workflow'],
  ['/hooks/{token}', 'workflow'],
])('%s belongs to %s', (path, service) => {
  expect(serviceFor(path)).toBe(service)
})

test.each([
  '/',
  '/v1',
  '/v1/',
  '/v1/secrets',
  '/v1/workflowsandmore',
  '/v2',
  '/v2/workflows',
  '/v2/runs:everything',
  '/hooks/../v1/runs',
  '/hooksandmore',
  '/metrics',
  '/v1/__proto__',
  '/v1/runs/../../metrics',
  '/v1/runs/..',
  '/v1/runs/%2e%2E/x',
  '/v1/runs/./x',
])('%s is not reachable', (path) => {
  expect(serviceFor(path)).toBeUndefined()
})

test.each([
  ['/hooks/secret', true],
  ['/v2/callbacks/secret', true],
  ['/hooks', false],
  ['/hooksandmore/x', false],
  ['/v2/callbacks', false],
  ['/v1/runs/hooks/x', false],
  ['/v2/events', false],
])('%s is for callers without a key: %s', (path, expected) => {
  expect(isWithoutKey(path)).toBe(expected)
})
