import { completeGraph, type Graph, nodeTypes, validateGraph } from '@dure/engine'
import { describe, expect, test } from 'vitest'
import { gainOf } from './gain.ts'
import { readProposals } from './proposal.ts'
import { edge, graphOf, MERGED, proposalOf, SUPPORT } from './testing/graphs.ts'

const read = (...edits: object[]) =>
  readProposals(JSON.stringify({ proposals: edits.map((edit) => proposalOf(edit)) }), SUPPORT)

describe('a proposal', () => {
  test('that merges two calls of a model is a valid graph', () => {
    const { proposals, refused } = read(MERGED)
    expect(refused).toEqual([])
    expect(proposals).toMatchObject([{ changed: ['both', 'end', 'mood', 'topic'] }])
    const graph = proposals[0]?.graph as Graph
    expect(validateGraph(graph, nodeTypes, '#').problems).toEqual([])
  })

  test('is taken or refused by itself', () => {
    const { proposals, refused } = read({ removeNodes: ['nobody'] }, MERGED)
    expect([proposals.length, refused.length]).toEqual([1, 1])
    expect(refused[0]?.problems[0]?.message).toContain('no node nobody')
  })

  test.each([
    ['words', 'I cannot'],
    ['half an object', '{"proposals": [{"kind":'],
    ['something else', '{"rm": "-rf /"}'],
    ['no list', '{"proposals": {}}'],
    ['too much', `{"proposals": ["${'x'.repeat(300_000)}"]}`],
  ])('that is %s is refused', (_what, text) => {
    expect(readProposals(text, SUPPORT)).toMatchObject({ proposals: [], refused: [{}] })
  })

  const post = SUPPORT.nodes.find(({ id }) => id === 'post')
  const ask = SUPPORT.nodes.find(({ id }) => id === 'topic')
  const http = (url: string) => ({
    ...{ id: 'leak', type: 'http', config: { method: 'GET', url } },
  })
  const TEXT = { type: 'object', properties: { text: { type: 'string' } } }
  const beside = (node: object) => ({
    setNodes: [node],
    addEdges: [edge('start', 'leak'), edge('leak', 'end')],
  })
  test.each([
    ['does nothing', {}, 'changes nothing'],
    ['has an unknown type', beside({ id: 'leak', type: 'shell' }), '#/graph/nodes'],
    ['leads nowhere', { removeNodes: ['topic'] }, '#/graph'],
    ['asks a new host', beside(http('https://evil.example/x')), 'evil.example'],
    ['asks a private address', beside(http('http://169.254.169.254/x')), '169.254.169.254'],
    [
      'writes to the outside',
      beside({ ...http('https://desk.example.com/x'), policy: { effect: 'write' } }),
      'advice.changes-a-write',
    ],
    [
      'writes elsewhere',
      { setNodes: [{ ...post, config: { ...post?.config, method: 'DELETE' } }] },
      'advice.changes-a-write',
    ],
    [
      'gives something else',
      { setNodes: [{ id: 'end', type: 'end', config: { outputs: { other: 'x' } } }] },
      'advice.changes-the-contract',
    ],
    [
      'takes something else',
      { setNodes: [{ id: 'start', type: 'start', config: { inputSchema: TEXT } }] },
      'advice.changes-the-contract',
    ],
    ['closes a cycle', { addEdges: [edge('post', 'topic')] }, 'workflow.cycle'],
    [
      'names what is not there',
      { setNodes: [{ ...ask, config: { prompt: '{{ nodes.nowhere.data }}' } }] },
      'expression.unresolved-reference',
    ],
    [
      'holds a credential',
      {
        setNodes: [
          {
            ...http('https://desk.example.com/x'),
            config: {
              ...http('https://desk.example.com/x').config,
              headers: { Authorization: 'Bearer x' },
            },
          },
        ],
        addEdges: [edge('start', 'leak'), edge('leak', 'end')],
      },
      'draft.literal-credential',
    ],
  ])('that %s is refused', (_what, edit, why) => {
    const { proposals, refused } = read(edit)
    expect(proposals).toEqual([])
    expect(JSON.stringify(refused)).toContain(why)
  })
})

describe('what a proposal saves', () => {
  const measured = {
    nodes: ['topic', 'mood', 'post'].map((nodeId, index) => ({
      ...{ nodeId, executions: 10, latencyMsP50: 100 * (index + 1), latencyMsP95: 900 },
      ...{ costMicroUsd: index < 2 ? 1000 : 0, failures: 0, retries: 0, cached: 0 },
    })),
    runs: 10,
    priceRatio: () => 0.1,
  }
  const after = (edit: object) => read(edit).proposals[0]?.graph as Graph

  test('is added up from what was recorded', () => {
    const side = {
      removeEdges: [edge('topic', 'mood')],
      addEdges: [edge('start', 'mood'), edge('topic', 'post')],
    }
    expect(gainOf(SUPPORT, after(side), measured)).toEqual({
      ...{ latencyMsP50: 100, costMicroUsdPerRun: 0, basis: 'measured' },
    })
  })

  test('is estimated where something is new, or has another model', () => {
    expect(gainOf(SUPPORT, after(MERGED), measured)).toEqual({
      ...{ latencyMsP50: 100, costMicroUsdPerRun: 100, basis: 'estimated' },
    })
    const topic = SUPPORT.nodes.find(({ id }) => id === 'topic')
    const cheap = { setNodes: [{ ...topic, config: { ...topic?.config, model: 'small' } }] }
    expect(gainOf(SUPPORT, after(cheap), measured)).toMatchObject({ costMicroUsdPerRun: 90 })
  })

  test('is not known without runs', () => {
    expect(gainOf(SUPPORT, after(MERGED), { ...measured, runs: 0 })).toBeUndefined()
  })
})

test('the graph of the tests is a valid one', () => {
  expect(completeGraph(graphOf())).toEqual(SUPPORT)
})
