import { expect, test } from 'vitest'
import { priorityOf } from './priority.ts'
import { canonicalPath, isWithoutKey, routeOf, serviceFor } from './route.ts'

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
  ['/v1/secrets/sec_1', 'agent'],
  ['/v1/variables', 'workflow'],
  ['/v2/webhook-endpoints/whe_1', 'workflow'],
  ['/openai/v1/chat/completions', 'workflow'],
  ['/openai/v1/embeddings', 'agent'],
  ['/mcp', 'workflow'],
])('%s belongs to %s', (path, service) => {
  expect(serviceFor(path)).toBe(service)
})

test.each([
  '/',
  '/v1',
  '/v1/',
  '/v1/workflowsandmore',
  '/V1/runs',
  '/v1/Runs',
  '/v1/%72uns',
  '/v1//runs',
  '//v1/runs',
  '/v1/runs//run_1',
  '/v1/runs#x',
  '/v1/runs/run_1#/cancel',
  '/mcpandmore',
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
  ['/v2/callbacks', false],
  ['/v1/runs/hooks/x', false],
  ['/v2/events', false],
])('%s is for callers without a key: %s', (path, expected) => {
  const route = routeOf(path)
  expect(route && isWithoutKey(route, path)).toBe(expected)
})

test.each([
  ['/v1/runs/run_1', '/v1/runs/run_1'],
  ['/v1/runs/', '/v1/runs'],
  ['/v1/workflows/w/%72un%73', '/v1/workflows/w/runs'],
  ['/v1/workflows/w/ru%2Fns', '/v1/workflows/w/ru%2Fns'],
  ['/v1/runs/%zz', '/v1/runs/%zz'],
  ['/v1/runs/%ff', '/v1/runs/%ff'],
])('%s is %s to every policy', (path, expected) => {
  expect(canonicalPath(path)).toBe(expected)
})

test.each([
  ['GET', '/v1/runs', 'interactive'],
  ['DELETE', '/v1/workflows/wf_1', 'interactive'],
  ['POST', '/v1/workflows', 'interactive'],
  ['POST', '/v1/knowledge-bases/kb_1/search', 'interactive'],
  ['POST', '/v1/workflows/wf_1/runs', 'new-run'],
  ['POST', '/v1/workflows/wf_1/%72uns', 'new-run'],
  ['POST', '/v1/workflows/wf_1/runs/', 'new-run'],
  ['POST', '/v2/runs', 'new-run'],
  ['POST', '/v2/runs/run_1:fork', 'new-run'],
  ['POST', '/v2/events', 'new-run'],
  ['POST', '/hooks/secret', 'new-run'],
  ['POST', '/openai/v1/chat/completions', 'new-run'],
  ['POST', '/mcp', 'new-run'],
  ['POST', '/v1/runs/run_1/cancel', 'run-control'],
  ['POST', '/v2/runs/run_1/cancel', 'run-control'],
  ['POST', '/v2/callbacks/secret', 'run-control'],
  ['POST', '/v2/effects/run_1/charge/resolve', 'run-control'],
  ['POST', '/v1/approvals/apr_1/decisions', 'run-control'],
  ['POST', '/v2/runs:batch', 'batch'],
  ['POST', '/v2/dead-letters:redrive', 'batch'],
  ['POST', '/v1/knowledge-bases/kb_1/documents', 'batch'],
  ['POST', '/openai/v1/embeddings', 'batch'],
] as const)('%s %s is %s', (method, path, priority) => {
  expect(priorityOf(method, path)).toBe(priority)
})
