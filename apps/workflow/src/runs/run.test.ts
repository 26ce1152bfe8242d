import type { NodeId, RunEvent, RunId, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { nodeTypes } from '../nodes/index.ts'
import type { Graph } from '../workflows/graph.ts'
import { planOf } from './plan.ts'
import { absentRun, type Decision, decide, evolve, type Run, type RunCommand } from './run.ts'

const hex = (digit: string) => digit.repeat(32)
const context = {
  runId: `run_${hex('1')}` as RunId,
  workflowId: `wf_${hex('2')}` as WorkflowId,
  tenant: { organizationId: `org_${hex('3')}` as never, projectId: `prj_${hex('4')}` as never },
}
const edge = (from: string, to: string, port = 'out') => ({ from, port, to })

/** retrieve → condition → llm or an apology, as in the first example. */
const graph = {
  nodes: [
    {
      id: 'end',
      type: 'end',
      config: { outputs: { answer: '{{ nodes.?ask.?data.?text.orValue("none") }}' } },
    },
    { id: 'start', type: 'start', config: {} },
    {
      id: 'find',
      type: 'retrieve',
      config: {
        knowledgeBaseIds: [`kb_${hex('5')}`],
        query: '{{ input.question }}',
        topK: 3,
        minScore: 0,
      },
    },
    { id: 'found', type: 'condition', config: { when: 'size(nodes.find.data.chunks) > 0' } },
    {
      id: 'ask',
      type: 'llm',
      config: { prompt: '{{ input.question }} {{ nodes.find.data.context }}' },
    },
    { id: 'sorry', type: 'template', config: { text: 'nothing found' } },
  ],
  edges: [
    edge('start', 'find'),
    edge('find', 'found'),
    edge('found', 'ask', 'true'),
    edge('found', 'sorry', 'false'),
    edge('ask', 'end'),
    edge('sorry', 'end'),
  ],
} as unknown as Graph
const plan = planOf(graph, nodeTypes)

const start: RunCommand = {
  type: 'run.start',
  workflowId: context.workflowId,
  versionId: `wfv_${hex('6')}` as WorkflowVersionId,
  versionNumber: 1,
  input: { question: '환불은 어떻게?' },
  startedBy: 'key_test',
}
const finish = (nodeId: string, output: unknown, attempt = 1): RunCommand => ({
  type: 'run.finish-task',
  nodeId: nodeId as NodeId,
  attempt,
  outcome: { status: 'succeeded', output, durationMs: 5 },
})
const found = (...chunks: string[]) => finish('find', { chunks, context: chunks.join() })

/** What happens when these arrive one after the other. */
function play(...commands: RunCommand[]): Decision & { state: Run } {
  let state = absentRun
  let last: Decision = { events: [], tasks: [] }
  for (const command of commands) {
    last = decide(plan, context, state, [command])
    state = last.events.reduce(evolve, state)
  }
  return { ...last, state }
}
const kinds = (events: readonly RunEvent[]) =>
  events.map((event) => ('nodeId' in event ? `${event.type} ${event.nodeId}` : event.type))

describe('a run', () => {
  test('starts, goes through its pure nodes and sends for the first task', () => {
    const { events, tasks } = play(start)

    expect(kinds(events)).toEqual(['run.started', 'node.completed start', 'node.scheduled find'])
    expect(tasks).toMatchObject([
      {
        task: { taskKey: `${context.runId}/find`, attempt: 1, timeoutMs: 30_000 },
        message: { name: 'task.search', payload: { input: { query: '환불은 어떻게?' } } },
      },
    ])
  })

  test('takes the branch of its condition and skips the other', () => {
    expect(kinds(play(start, found('a')).events)).toEqual([
      'node.completed find',
      'node.completed found',
      'node.scheduled ask',
      'node.skipped sorry',
    ])
    expect(kinds(play(start, found()).events)).toEqual([
      'node.completed find',
      'node.completed found',
      'node.skipped ask',
      'node.completed sorry',
      'node.completed end',
      'run.completed',
    ])
  })

  test('ends with the output of the end that it reached', () => {
    const { events } = play(start, found('a'), finish('ask', { text: 'like this [1]' }))
    expect(events.at(-1)).toEqual({ type: 'run.completed', output: { answer: 'like this [1]' } })
  })

  test.each([
    ['comes twice', [start, found('a'), found('a')]],
    ['is of another attempt', [start, finish('find', {}, 2)]],
    ['is of a node that was not sent for', [start, finish('ask', {})]],
    ['comes after the end', [start, found(), finish('ask', {})]],
  ])('ignores a result that %s', (_name, commands) => {
    expect(play(...commands)).toMatchObject({ events: [], tasks: [] })
  })

  test('fails with the node that failed, and sends for nothing more', () => {
    const { events, tasks } = play(start, {
      type: 'run.finish-task',
      nodeId: 'find' as NodeId,
      attempt: 1,
      outcome: { status: 'failed', error: { code: 'knowledge-base.not-found', message: 'gone' } },
    })
    expect(kinds(events)).toEqual(['node.failed find', 'run.failed find'])
    expect(tasks).toEqual([])
  })

  test('fails when an expression meets other data than it expects', () => {
    const { events } = play(start, finish('find', { chunks: 7 }))
    expect(events.at(-1)).toMatchObject({ error: { code: 'expression.failed' }, nodeId: 'found' })
  })

  test('fails when the data of a node is too large to keep', () => {
    const { events } = play(start, finish('find', { chunks: ['x'.repeat(300_000)] }))
    expect(events.at(-1)).toMatchObject({ error: { code: 'node.data-too-large' } })
  })

  test('ends at its deadline, once', () => {
    expect(kinds(play(start, { type: 'run.expire' }).events)).toEqual(['run.failed'])
    expect(play(start, found(), { type: 'run.expire' }).events).toEqual([])
  })

  test('takes in several results at once as it does one by one', () => {
    const together = decide(plan, context, play(start).state, [
      found('a'),
      finish('ask', { text: 'too early' }),
    ])
    expect(kinds(together.events)).toEqual(kinds(play(start, found('a')).events))
  })

  test('is the same whenever it is decided again', () => {
    const { state } = play(start)
    const first = decide(plan, context, state, [found('a')])
    expect(JSON.stringify(decide(plan, context, state, [found('a')]))).toBe(JSON.stringify(first))
  })

  test('cannot start twice', () => {
    expect(() => play(start, start)).toThrow(
      expect.objectContaining({ code: 'run.already-started' }),
    )
  })
})
