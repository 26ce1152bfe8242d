import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient, DureProblem, readAnswer } from '@dure/client'
import { ExampleError, findConnection } from '../korean-support/connection.ts'

// Asks a running Dure for a greeting, with the client that is generated from its description: an
// editor knows every path, parameter and field here, and a typo does not compile.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

const graph = {
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'greet', type: 'template', config: { text: '안녕하세요, {{ input.name }} 님' } },
    { id: 'end', type: 'end', config: { outputs: { greeting: '{{ nodes.greet.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'greet' },
    { from: 'greet', to: 'end' },
  ],
}

async function greet(name: string) {
  const client = createClient(findConnection(process.env, root))
  const { id: workflowId } = await readAnswer(
    client.POST('/v1/workflows', { body: { name: 'Greeting', graph } }),
  )
  const path = { workflowId }
  const { number } = await readAnswer(
    client.POST('/v1/workflows/{workflowId}/versions', { params: { path } }),
  )
  await readAnswer(
    client.POST('/v1/workflows/{workflowId}/versions/{number}/publish', {
      params: { path: { workflowId, number } },
    }),
  )
  return readAnswer(
    client.POST('/v1/workflows/{workflowId}/runs', {
      params: { path },
      body: { input: { name }, mode: 'wait' },
    }),
  )
}

try {
  const run = await greet(process.argv[2] ?? '두레')
  console.log(`${run.id} ${run.status}`, 'output' in run ? run.output : '')
} catch (error) {
  if (!(error instanceof DureProblem || error instanceof ExampleError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
