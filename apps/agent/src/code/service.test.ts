import type { RunCode, TaskRef } from '@dure/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent({ CODE_THREADS: '1' })
})
afterAll(() => agent.close())

async function outcomeOf(input: Partial<RunCode>, changes: Partial<TaskRef> = {}) {
  const task = newTask(changes)
  await agent.runCode(task, input)
  return agent.outcomeOf(task)
}

const succeeded = (result: unknown, logs: unknown[] = []) =>
  expect.objectContaining({ status: 'succeeded', output: { result, logs } })

describe('the code of a node', () => {
  test('turns its input into a result', async () => {
    const source = `
      console.log('adding', input.prices.length)
      return { total: input.prices.reduce((sum, price) => sum + price, 0) }`
    expect(await outcomeOf({ source, input: { prices: [120, 80] } })).toEqual(
      succeeded({ total: 200 }, [{ level: 'info', text: 'adding 2' }]),
    )
  })

  test('does the same when its message comes twice', async () => {
    const task = newTask()
    const source = 'return [Math.random(), Date.now()]'
    await agent.runCode(task, { source })
    const first = await agent.outcomeOf(task)
    await agent.runCode(task, { source })
    const second = await agent.outcomeOf(task, { times: 2 })
    expect(second).toMatchObject({ status: 'succeeded' })
    expect({ ...second, durationMs: 0 }).toEqual({ ...first, durationMs: 0 })
  })

  test('finds the time at which its run has begun', async () => {
    const runId = `run_00e8d4a51000${'7'.repeat(20)}` as TaskRef['runId']
    expect(await outcomeOf({ source: 'return new Date().toISOString()' }, { runId })).toEqual(
      succeeded('2001-09-09T01:46:40.000Z'),
    )
  })

  test.each([
    ['return (', 'code.malformed', 'invalid'],
    ['\nnull.x', 'code.threw', 'invalid'],
    ['return () => {}', 'code.no-json', 'invalid'],
    ['return "x".repeat(300000)', 'code.result-too-large', 'invalid'],
    ['await new Promise(() => {})', 'code.never-settles', 'invalid'],
    ['const all = []; while (true) all.push("x".repeat(1e5) + 1)', 'code.out-of-memory', 'invalid'],
    ['while (true);', 'code.too-slow', 'timeout'],
  ])('fails its node, and nothing else: %s', async (source, code, kind) => {
    const timeoutMs = code === 'code.too-slow' ? 100 : 10_000
    expect(await outcomeOf({ source }, { timeoutMs })).toMatchObject({
      status: 'failed',
      error: { code, class: kind },
    })
  })

  test('says in which line it threw', async () => {
    const { error } = (await outcomeOf({ source: 'const a = 1\n\nnull.x' })) as {
      error: { message: string }
    }
    expect(error.message).toMatch(/TypeError.*\(line 3\)/)
  })

  test('has to return what its schema says', async () => {
    const outputSchema = {
      type: 'object' as const,
      properties: { total: { type: 'integer' as const } },
      required: ['total'],
    }
    expect(await outcomeOf({ source: 'return { total: 1 }', outputSchema })).toEqual(
      succeeded({ total: 1 }),
    )
    expect(await outcomeOf({ source: 'return { total: "1" }', outputSchema })).toMatchObject({
      error: { code: 'code.result-mismatch', message: expect.stringContaining('/total') },
    })
  })
})
