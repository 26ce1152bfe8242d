import type { TaskRef } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeeded } from '../testing/harness.ts'
import { echo, inARow, template } from './testing/graphs.ts'
import { publish, type Replicas, startReplicas } from './testing/replicas.ts'

let replicas: Replicas
beforeAll(async () => {
  replicas = await startReplicas()
})
afterAll(() => replicas?.close())

test('a run whose workflow is deleted while it waits ends, on a service that never saw it', async () => {
  const held: TaskRef[] = []
  replicas.answer = (task) => {
    held.push(task)
    return undefined
  }
  const first = await replicas.add()
  const graph = inARow([echo('wait'), template('say', 'done')], {
    said: '{{ nodes.say.data.text }}',
  })
  const workflowId = await publish(first, graph)
  const path = `/v1/workflows/${workflowId}`
  const { id } = await (await first.call('POST', `${path}/runs`, {})).json()
  await eventually(() => expect(held).toHaveLength(1))

  expect((await first.call('DELETE', path)).status).toBe(204)
  expect((await first.call('POST', `${path}/runs`, {})).status).toBe(404)
  await first.service.close()
  const next = await replicas.add()
  await replicas.send(held[0] as TaskRef, succeeded({}))
  await eventually(async () => {
    const run = await (await next.call('GET', `/v1/runs/${id}`)).json()
    expect(run).toMatchObject({ status: 'completed', output: { said: 'done' } })
  })
})
