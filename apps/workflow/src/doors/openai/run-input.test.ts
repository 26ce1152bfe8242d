import type { Graph } from '@dure/engine'
import { expect, test } from 'vitest'
import { runInputOf } from './run-input.ts'

const graphOf = (inputSchema?: object) =>
  ({
    nodes: [{ id: 'start', type: 'start', config: { inputSchema } }],
    edges: [],
  }) as unknown as Graph
const messages = [
  { role: 'system', content: 'Be brief' },
  { role: 'user', content: 'first' },
  { role: 'assistant', content: null },
  { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image_url' }, { text: 'b' }] },
]
const text = { type: 'string' }

test('a run gets the conversation, what the user says last, and all fields', () => {
  const input = runInputOf(
    {
      messages,
      metadata: { customer: 'c7', both: 'm' },
      extra: { both: 'e', n: 1 },
      settings: { seed: 1 },
    },
    graphOf(),
  )
  expect(input).toEqual({
    ...{ messages, input: 'a\nb', customer: 'c7', both: 'e', n: 1, settings: { seed: 1 } },
  })
})

test.each([
  ['the one text that is missing', { question: text }, ['question'], { question: 'a\nb' }],
  ['no text when two are missing', { question: text, tone: text }, ['question', 'tone'], {}],
  ['no text where a number is asked for', { count: { type: 'number' } }, ['count'], {}],
])('the start node gets %s', (_name, properties, required, expected) => {
  const schema = { type: 'object', properties, required }
  const given = runInputOf({ messages, settings: {} }, graphOf(schema))
  expect(given).toEqual({ input: 'a\nb', messages, ...expected })
})

test('a start node that takes nothing else is told what it names, and what is meant for it', () => {
  const schema = {
    type: 'object',
    properties: { input: text, tone: text },
    additionalProperties: false,
  }
  const given = runInputOf(
    {
      messages,
      metadata: { tone: 'kind', trace: 't' },
      extra: { other: 1 },
      settings: { seed: 1 },
    },
    graphOf(schema),
  )
  expect(given).toEqual({ input: 'a\nb', tone: 'kind', other: 1 })
})

test('a conversation in which nobody asks is refused', () => {
  const [system = { role: 'system' }] = messages
  expect(() => runInputOf({ messages: [system], settings: {} }, graphOf())).toThrow('asks anything')
})
