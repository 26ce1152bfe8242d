import { expect, test } from 'vitest'
import { serviceFor } from './route.ts'

test.each([
  ['/v1/workflows', 'workflow'],
  ['/v1/workflows/wf_1/runs', 'workflow'],
  ['/v1/runs/run_1/events', 'workflow'],
  ['/v1/node-types', 'workflow'],
  ['/v1/models', 'agent'],
  ['/v1/knowledge-bases/{knowledgeBaseId}/search', 'knowledge'],
  ['/v1/usage', 'analytics'],
  ['/v1/costs/', 'analytics'],
])('%s belongs to %s', (path, service) => {
  expect(serviceFor(path)).toBe(service)
})

test.each([
  '/',
  '/v1',
  '/v1/',
  '/v1/secrets',
  '/v1/workflowsandmore',
  '/v2/workflows',
  '/metrics',
  '/v1/__proto__',
  '/v1/runs/../../metrics',
  '/v1/runs/..',
  '/v1/runs/%2e%2E/x',
  '/v1/runs/./x',
])('%s is not reachable', (path) => {
  expect(serviceFor(path)).toBeUndefined()
})
