import { text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'
import { recordedCalls } from './tool-arguments.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let reader: string
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
  // What it costs to write that much is no matter here.
  const limits = { maxTokens: 10_000_000, maxCostMicroUsd: 100_000_000 }
  reader = await runs.published({ tools: [{ tool: 'json_query' }], limits })
})
afterAll(() => agent.close())

const query = (characters: number) => ({
  name: 'json_query',
  arguments: { data: JSON.stringify('x'.repeat(characters)), query: 'size(input)' },
})

async function run() {
  const { id } = (await runs.start(reader)).json()
  const run = await runs.until(id, 'succeeded')
  const { rows } = await agent.pool.query(
    'SELECT sum(octet_length(data::text))::int AS bytes FROM events WHERE stream = $1',
    [id],
  )
  return { run, bytes: rows[0].bytes as number, steps: await runs.steps(id) }
}

describe('a model that calls a tool with huge arguments', () => {
  test.each([
    ['64 KiB', 65_536],
    ['1 MiB', 1_048_576],
    ['4 MB', 4_000_000],
  ])('of %s is told, and only their beginning is kept', async (_name, characters) => {
    agent.model.rewrite([toolCalls(query(characters)), text('smaller, then')])

    const { run: ended, bytes, steps } = await run()

    expect(ended.output).toBe('smaller, then')
    expect(bytes).toBeLessThan(10_000)
    const refused = { code: 'tool.arguments-too-large', class: 'invalid' }
    expect(steps[1]).toMatchObject({ kind: 'tool-call', status: 'failed', error: refused })
    expect(steps[0]).toMatchObject({
      toolCalls: [
        {
          name: 'json_query',
          input: null,
          tooLarge: { start: expect.stringMatching(/^\{"data":"/) },
        },
      ],
    })
    const asked = JSON.stringify(agent.model.calls[1]?.messages)
    expect(asked).toContain('tool.arguments-too-large')
    expect(asked.length).toBeLessThan(10_000)
  })

  test('in many calls at once has those made that fit', async () => {
    agent.model.rewrite([toolCalls(...Array(5).fill(query(60_000))), text('done')])

    const { run: ended, steps } = await run()

    expect(ended.output).toBe('done')
    const codes = steps.slice(1, 6).map(({ error }) => (error as { code?: string })?.code ?? 'made')
    expect(codes.sort()).toEqual([...Array(4).fill('made'), 'tool.arguments-too-large'])
  })
})

test('what is no JSON is cut as well, and so is a name', () => {
  const [call] = recordedCalls([
    { id: 'c', name: 'n'.repeat(100_000), input: undefined, invalid: '{'.repeat(70_000) },
  ])
  expect(call).toMatchObject({ input: null, tooLarge: { characters: 70_000 } })
  expect(JSON.stringify(call).length).toBeLessThan(4000)
})

test('what nests deeper than can be written is not kept', () => {
  const deep = JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)
  expect(recordedCalls([{ id: 'c', name: 'n', input: deep }])).toMatchObject([{ input: null }])
})
