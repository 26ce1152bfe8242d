import type { TaskRef } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'
import { echo, inARow, template } from './testing/graphs.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())

async function post(url: string, body?: unknown) {
  const response = await harness.call({ method: 'POST', url, body })
  expect(response.ok).toBe(true)
  return response.json()
}

/** Which version it is stands in the first node and in the last, before and after it waits. */
const saying = (text: string) =>
  inARow([template('before', text), echo('wait'), template('after', text)], {
    said: '{{ nodes.before.data.text }} {{ nodes.after.data.text }}',
  })

test('13: v2 is published and rolled back in one call, and a run of v1 under way ends on v1', async () => {
  const held: TaskRef[] = []
  harness.answer = (task) => {
    held.push(task)
    return undefined
  }
  const workflowId = await harness.publish(saying('one'))
  const url = `/v1/workflows/${workflowId}`
  const start = async () => (await post(`${url}/runs`, {})).id
  const first = await start()

  const draft = { name: 'Worse', graph: saying('two') }
  expect((await harness.call({ method: 'PUT', url, body: draft })).status).toBe(200)
  await post(`${url}/versions`)
  await post(`${url}/versions/2/publish`)
  const second = await start()
  expect(await post(`${url}/rollback`)).toMatchObject({ publishedVersion: 1 })
  const third = await start()

  await eventually(() => expect(held).toHaveLength(3))
  for (const task of held) await harness.send(task, succeeded({}))
  const ends = await eventually(async () => {
    const runs = await Promise.all(
      [first, second, third].map(async (id) =>
        (await harness.call({ url: `/v1/runs/${id}` })).json(),
      ),
    )
    expect(runs.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
    return runs
  })
  expect(ends).toMatchObject([
    { version: 1, output: { said: 'one one' } },
    { version: 2, output: { said: 'two two' } },
    { version: 1, output: { said: 'one one' } },
  ])
})
