import { expect, test } from 'vitest'
import { actionOf, isAudited, isForced } from './entry.ts'

const WORKFLOW = `wf_${'a'.repeat(32)}`
const RUN = `run_${'b'.repeat(32)}`

test.each([
  ['POST', '/v1/workflows'],
  ['PUT', `/v1/workflows/${WORKFLOW}`],
  ['DELETE', `/v1/workflows/${WORKFLOW}`],
  ['POST', `/v1/workflows/${WORKFLOW}/versions/3/publish`],
  ['POST', `/v1/runs/${RUN}/cancel`],
  ['POST', `/v2/runs/${RUN}:fork`],
  ['POST', '/v1/api-keys'],
  ['POST', '/v1/approvals/x/decisions'],
  ['POST', '/v2/a-route-that-is-not-there-yet'],
])('%s %s is audited: who set up what, or ended what', (method, path) => {
  expect(isAudited(method, path)).toBe(true)
})

test.each([
  ['GET', '/v1/workflows'],
  ['HEAD', '/v1/workflows'],
  ['POST', `/v1/workflows/${WORKFLOW}/runs`],
  ['POST', '/v1/workflows/validate'],
  ['POST', '/v2/runs'],
  ['POST', '/v2/runs:batch'],
  ['POST', `/v2/runs/${RUN}/signals/paid`],
  ['POST', '/v2/events'],
  ['POST', '/v2/callbacks/secret'],
  ['POST', '/hooks/secret'],
  ['POST', '/openai/v1/chat/completions'],
  ['POST', '/mcp'],
  ['POST', '/v1/knowledge-bases/kb_1/search'],
])('%s %s is not: it reads, or has a record of its own', (method, path) => {
  expect(isAudited(method, path)).toBe(false)
})

test('the action is the same for all that it can be done to; to whom is beside it', () => {
  expect(actionOf('POST', `/v1/workflows/${WORKFLOW}/versions/3/publish`)).toEqual({
    action: 'POST /v1/workflows/{id}/versions/{id}/publish',
    targets: [WORKFLOW, '3'],
  })
  expect(actionOf('POST', `/v2/runs/${RUN}:fork`)).toEqual({
    action: 'POST /v2/runs/{id}:fork',
    targets: [RUN],
  })
})

test('what is done by force is told as such, and nothing else of a query', () => {
  const path = `/v1/agents/agt_${'a'.repeat(32)}/versions/2/publish`
  expect(actionOf('POST', path, { isForced: isForced(`${path}?reason=x&force=true`) }).action).toBe(
    'POST /v1/agents/{id}/versions/{id}/publish?force=true',
  )
  for (const url of [path, `${path}?force=false`, `${path}?reason=force%3Dtrue`]) {
    expect(isForced(url)).toBe(false)
  }
})

test('a path as long as a client likes makes no entry as long', () => {
  const { action, targets } = actionOf('DELETE', `/v1/${'x/'.repeat(5000)}${`${RUN}/`.repeat(50)}`)
  expect(action.length).toBeLessThanOrEqual(300)
  expect(targets.length).toBeLessThanOrEqual(8)
})
