import type { WorkflowId } from '@dure/contracts'
import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorkflows, type Workflows } from './testing/service.ts'

let w: Workflows
beforeAll(async () => {
  w = await startWorkflows()
})
afterAll(() => w.close())

const resolve = (id: string, wanted: { version?: number; alias?: string } = {}, pick = 0) =>
  w.versions.resolve(w.tenant, id as WorkflowId, wanted, pick)
const publish = (id: string, number: number) =>
  w.call('POST', `/v1/workflows/${id}/versions/${number}/publish`)

/** How many queries the work makes. */
async function queriesOf(work: () => Promise<unknown>): Promise<number> {
  const before = w.queries()
  await work()
  return w.queries() - before
}

describe('a new run', () => {
  test('takes the published version, or the one that is asked for, ready to be run', async () => {
    const id = await w.published(2)
    const published = await resolve(id)
    expect(published).toMatchObject({ number: 2, workflowId: id })
    expect(published.plan.root.nodes.map((node) => node.id)).toEqual(['start', 'say', 'end'])
    expect((await resolve(id, { version: 1 })).number).toBe(1)
  })

  test.each([
    ['an unknown workflow', `wf_${'0'.repeat(32)}`, {}, 'workflow.not-found'],
    ['an unknown version', undefined, { version: 9 }, 'workflow.version-not-found'],
    ['an unknown alias', undefined, { alias: 'prod' }, 'alias.not-found'],
  ])('of %s is refused', async (_what, unknown, wanted, code) => {
    const id = unknown ?? (await w.published(1))
    await expect(resolve(id, wanted)).rejects.toMatchObject({ code })
  })

  test('of a workflow without a publication is refused', async () => {
    const id = await w.published(0)
    await expect(resolve(id)).rejects.toMatchObject({ code: 'workflow.not-published' })
  })

  test('of a workflow of another tenant is refused, also when it is in memory', async () => {
    const id = await w.published(1)
    await resolve(id)
    const stranger = w.versions.resolve(testTenant('9'), id as WorkflowId, {}, 0)
    await expect(stranger).rejects.toMatchObject({ code: 'workflow.not-found' })
  })

  test('of a workflow that was deleted is refused', async () => {
    const id = await w.published(1)
    await resolve(id)
    await w.call('DELETE', `/v1/workflows/${id}`)
    await expect(resolve(id)).rejects.toMatchObject({ code: 'workflow.not-found' })
  })
})

describe('looking up a version', () => {
  test('takes one query for a burst of starts, and one a second later', async () => {
    const id = await w.published(1)
    const burst = () => Promise.all(Array.from({ length: 100 }, () => resolve(id)))
    expect(await queriesOf(burst)).toBe(1)
    w.clock.nowMs += 900
    expect(await queriesOf(burst)).toBe(0)
    w.clock.nowMs += 200
    expect(await queriesOf(burst)).toBe(1)
  })

  test('gives the same version, not a copy, when it has been read before', async () => {
    const id = await w.published(1)
    const first = await resolve(id)
    w.clock.nowMs += 2000
    expect(await resolve(id)).toBe(first)
    expect(await queriesOf(async () => expect(await w.versions.byId(first.id)).toBe(first))).toBe(0)
  })

  test('sees at once what this process publishes, and a second later what others do', async () => {
    const id = await w.published(2)
    const other = w.otherVersions()
    const elsewhere = async () => (await other.resolve(w.tenant, id as WorkflowId, {}, 0)).number
    expect([(await resolve(id)).number, await elsewhere()]).toEqual([2, 2])
    await publish(id, 1)
    expect((await resolve(id)).number).toBe(1)
    w.clock.nowMs += 1001
    expect(await elsewhere()).toBe(1)
  })

  test('does not keep an answer from before a publication', async () => {
    const id = await w.published(2)
    const before = w.queries()
    const letArrive = w.holdAnswers()
    const early = resolve(id)
    await eventually(() => expect(w.queries()).toBe(before + 1))
    await publish(id, 1)
    letArrive()
    expect((await early).number).toBe(2)
    expect((await resolve(id)).number).toBe(1)
  })

  test('of a run gives what it is pinned to', async () => {
    const id = await w.published(2)
    const { id: pinned } = await resolve(id, { version: 1 })
    const fresh = w.otherVersions()
    expect(await fresh.byId(pinned)).toMatchObject({ id: pinned, number: 1, workflowId: id })
  })
})
