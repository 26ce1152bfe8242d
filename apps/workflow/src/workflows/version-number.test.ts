import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorkflows, type Workflows } from './testing/service.ts'

const TOO_LARGE = 2_147_483_648

let w: Workflows
beforeAll(async () => {
  w = await startWorkflows()
})
afterAll(() => w.close())

test.each([
  ['the path', 'GET', (of: string) => `${of}/versions/${TOO_LARGE}`, undefined, '#/number'],
  ['a query', 'GET', (of: string) => `${of}/export?version=${TOO_LARGE}`, undefined, '#/version'],
  [
    'a body',
    'POST',
    () => '/v2/aliases',
    { targets: [{ version: TOO_LARGE, weight: 100 }] },
    '#/targets/0/version',
  ],
] as const)(
  'a number that no version can have is refused in %s',
  async (...[, method, path, more, pointer]) => {
    const workflowId = await w.published(1)
    const body = more && { workflowId, name: 'prod', ...more }

    const response = await w.call(method, path(`/v1/workflows/${workflowId}`), body ? { body } : {})

    expect(response.json()).toMatchObject({ code: 'request.invalid', errors: [{ pointer }] })
  },
)
