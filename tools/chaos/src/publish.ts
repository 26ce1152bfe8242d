import type { Answer, Call, Client } from './client.ts'
import type { Shape } from './shapes/shape.ts'
import type { Published } from './workload.ts'

/** Creates, freezes and publishes each shape, in the order in which they are given. */
export async function publishShapes(
  client: Client,
  shapes: readonly Shape[],
  world: string,
): Promise<Published[]> {
  const published: Published[] = []
  for (const shape of shapes) {
    const children = Object.fromEntries(
      published.map(({ shape: { name }, workflowId }) => [name, workflowId]),
    )
    const graph = shape.graph(world, children)
    published.push({ shape, workflowId: await publish(client, shape.name, graph) })
  }
  return published
}

async function publish(client: Client, name: string, graph: object): Promise<string> {
  const created = await well(client, {
    method: 'POST',
    path: '/v1/workflows',
    body: { name: `Chaos: ${name}`, graph },
  })
  const id = String(created.body.id)
  await well(client, { method: 'POST', path: `/v1/workflows/${id}/versions` })
  await well(client, { method: 'POST', path: `/v1/workflows/${id}/versions/1/publish` })
  return id
}

/** @throws when the answer is a refusal: then this tool is wrong */
async function well(client: Client, call: Call): Promise<Answer> {
  const answer = await client.insist(call)
  if (answer.status < 300) return answer
  throw new Error(`${call.method} ${call.path}: ${answer.status} ${JSON.stringify(answer.body)}`)
}
