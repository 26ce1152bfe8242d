import { expect, test } from 'vitest'
import type { Operation } from '../openapi/operation.ts'
import { cellFindings, type PlaceCell } from './cell.ts'
import { type IdentityName, REFUSED } from './identities.ts'

const RUN = `run_${'7'.repeat(32)}`
const operation = {
  operationId: 'getRun',
  parameters: [{ in: 'path', name: 'runId', schema: { pattern: '^run_[0-9a-f]{32}$' } }],
} as unknown as Operation
const notFound = { status: 404, code: 'run.not-found', body: { detail: 'No run' } }
const found = { status: 200, code: '', body: { id: RUN } }
const of = (who: 'victim' | 'sibling', reply = notFound) => ({
  ...{ of: who, ids: [RUN], reply },
  asMissing: notFound,
})
const NOBODYS = `run_${'0'.repeat(32)}`
const naming = (id: string) => ({ ...notFound, body: { detail: `No run ${id}` } })
const asked = (more: Partial<Record<IdentityName, typeof notFound>> = {}) => {
  const refused = Object.entries(REFUSED).map(([name, [status, code]]) => {
    return [name, { status, code, body: { type: 'about:blank' } }] as const
  })
  const byIdentity = { ...Object.fromEntries(refused), stranger: naming(RUN), ...more }
  return { ids: [RUN], nobodys: [NOBODYS], byIdentity, asMissing: naming(NOBODYS) }
}
const good: PlaceCell = {
  ...{ place: 'path:runId', prefix: 'run', missing: notFound, own: found },
  foreign: [of('victim'), of('sibling')],
  asked: asked(),
}

test('what is foreign as if it were missing, and own as it is, is as it should be', () => {
  expect(cellFindings(operation, good)).toEqual([])
  const members = { ...good, prefix: 'usr', foreign: [of('victim'), of('sibling', found as never)] }
  expect(cellFindings(operation, members)).toEqual([])
})

test.each<[string, Partial<PlaceCell>, string]>([
  ['nothing of another organization', { foreign: [of('sibling')] }, 'the victim has no run'],
  ['nothing of another project', { foreign: [of('victim')] }, 'the sibling has no run'],
  [
    'a foreign thing',
    { foreign: [of('victim', found as never), of('sibling')] },
    'not answered as',
  ],
  [
    'one that is shown beneath what is above it',
    { foreign: [of('victim'), of('victim', found as never), of('sibling')] },
    'not answered as',
  ],
  [
    'what a stranger is shown',
    { asked: asked({ stranger: found as never }) },
    'is not missing to a stranger',
  ],
  [
    'another word for what is there',
    { asked: asked({ stranger: { ...naming(RUN), body: { detail: `Not your run ${RUN}` } } }) },
    'is not missing to a stranger',
  ],
  [
    'somebody without a scope who hears that it is missing',
    { asked: asked({ scopeless: naming(RUN) }) },
    'answers 404 run.not-found to scopeless, not 403',
  ],
  ['its own as a missing one', { own: notFound }, 'its own id'],
  ['a failure for its own', { own: { ...found, status: 500 } }, '500 for its own'],
  ['a request that is refused before', { missing: { ...notFound, status: 400, code: 'x' } }, 'far'],
])('%s is a finding', (_what, change, text) => {
  const findings = cellFindings(operation, { ...good, ...change })
  expect(findings.join()).toContain(text)
})

test('nothing of its own to try is a finding', () => {
  const { own: _own, ...without } = good
  expect(cellFindings(operation, without).join()).toContain('the owner has no run')
})
