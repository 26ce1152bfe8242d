import type { RunEvent } from '@dure/contracts'
import type { Graph } from '@dure/engine'
import type { Delta } from '@dure/platform'
import { describe, expect, test } from 'vitest'
import { AnswerReplacedError, createLiveAnswer } from './live-answer.ts'

const node = (id: string, type: string, config: object = {}) => ({ id, type, config })
const graphOf = (...nodes: object[]) => ({ nodes, edges: [] }) as unknown as Graph
const verbatim = (id: string) => `{{ nodes.${id}.data.text }}`
const toEnd = graphOf(
  node('think', 'llm'),
  node('ask', 'llm'),
  node('end', 'end', { outputs: { answer: verbatim('ask'), sources: '{{ input.sources }}' } }),
)
const spoken = graphOf(
  node('one', 'llm'),
  node('two', 'llm'),
  node('first', 'answer', { content: verbatim('one') }),
  node('second', 'answer', { content: verbatim('two') }),
)

const delta = (nodeId: string, index: number, text: string, more: Partial<Delta> = {}) =>
  ({ nodeId, index, text, attempt: 1, ...more }) as Delta
const completed = (nodeId: string, nodeType = 'llm') =>
  ({ type: 'node.completed', nodeId, nodeType }) as Extract<RunEvent, { type: 'node.completed' }>

describe('an answer that comes', () => {
  test('is what the model of the answer writes, and nothing that another one thinks', () => {
    const answer = createLiveAnswer(toEnd)
    const pieces = [
      answer.delta(delta('think', 0, 'Let me see')),
      answer.completed(completed('think'), { text: 'Let me see' }),
      answer.delta(delta('ask', 0, 'Hel')),
      answer.delta(delta('ask', 1, 'lo')),
      answer.completed(completed('ask'), { text: 'Hello' }),
      answer.ended({ answer: 'Hello', sources: [] }),
    ]
    expect(pieces).toEqual(['', '', 'Hel', 'lo', '', ''])
  })

  test.each([
    ['{{ nodes.ask.data.text }}', 'Hel'],
    ['{{nodes.?ask.?data.?text.orValue("nothing")}}', 'Hel'],
    ['{{ nodes.ask.data.text + "!" }}', ''],
    ['> {{ nodes.ask.data.text }}', ''],
  ])('is streamed where an end says it word for word: %s', (text, piece) => {
    const end = node('end', 'end', { outputs: { text } })
    expect(createLiveAnswer(graphOf(node('ask', 'llm'), end)).delta(delta('ask', 0, 'Hel'))).toBe(
      piece,
    )
  })

  test.each([
    ['goes on where it was', 4, ['One.', '', '\n\nTwo', '']],
    ['waits for the end where a piece was lost', 8, ['One.', '', '', '\n\nTwo']],
  ])('of an agent that speaks again, after it has called tools, %s', (_name, offset, expected) => {
    const end = node('end', 'end', { outputs: { answer: verbatim('work') } })
    const answer = createLiveAnswer(graphOf(node('work', 'agent'), end))
    const pieces = [
      answer.delta(delta('work', 0, 'One.')),
      // What another one says meanwhile is not a part of it.
      answer.delta(delta('other', 0, 'no')),
      answer.delta(delta('work', 0, '\n\nTwo', { offset })),
      answer.completed(completed('work', 'agent'), { text: 'One.\n\nTwo' }),
    ]
    expect(pieces).toEqual(expected)
  })

  test('of an agent whose second step begins anew is what it says in the end', () => {
    const end = node('end', 'end', { outputs: { answer: verbatim('work') } })
    const answer = createLiveAnswer(graphOf(node('work', 'agent'), end))
    const pieces = [
      answer.delta(delta('work', 0, 'One.')),
      answer.delta(delta('work', 0, '\n\nT', { offset: 4 })),
      answer.delta(delta('work', 0, '\n\nTw', { offset: 4 })),
      answer.completed(completed('work', 'agent'), { text: 'One.\n\nTwo' }),
    ]
    expect(pieces).toEqual(['One.', '\n\nT', 'w', 'o'])
  })

  test('is whole when pieces were lost', () => {
    const answer = createLiveAnswer(toEnd)
    const pieces = [
      answer.delta(delta('ask', 0, 'one ')),
      answer.delta(delta('ask', 2, 'three')),
      answer.completed(completed('ask'), { text: 'one two three' }),
      answer.ended({ answer: 'one two three' }),
    ]
    expect(pieces).toEqual(['one ', '', 'two three', ''])
  })

  test('goes on when the model begins anew with the same words, and is void with others', () => {
    const again = [
      delta('ask', 0, 'Good '),
      delta('ask', 0, 'Good ', { attempt: 2 }),
      delta('ask', 1, 'day', { attempt: 2 }),
    ]
    const same = createLiveAnswer(toEnd)
    expect(again.map(same.delta)).toEqual(['Good ', '', 'day'])
    expect(same.ended({ answer: 'Good day' })).toBe('')

    const other = createLiveAnswer(toEnd)
    other.delta(delta('ask', 0, 'Good '))
    expect(other.delta(delta('ask', 0, 'Hello', { attempt: 2 }))).toBe('')
    expect(() => other.ended({ answer: 'Hello' })).toThrow(AnswerReplacedError)
  })

  test('is what all answer nodes say, in their order, one at a time', () => {
    const answer = createLiveAnswer(spoken)
    const pieces = [
      answer.delta(delta('one', 0, 'A')),
      answer.delta(delta('two', 0, 'B')),
      answer.completed(completed('one'), { text: 'A' }),
      answer.completed(completed('first', 'answer'), { text: 'A' }),
      answer.completed(completed('two'), { text: 'B' }),
      answer.completed(completed('second', 'answer'), { text: 'B' }),
      answer.ended({ ignored: true }),
    ]
    expect(pieces).toEqual(['A', '', '', '', '', '\n\nB', ''])
  })

  test.each([
    ['text', 'plain', 'plain'],
    ['its field `text`', { text: 'said', more: 1 }, 'said'],
    ['its only field', { reply: 'said' }, 'said'],
    ['JSON', { n: 1, m: [2] }, '{"n":1,"m":[2]}'],
    ['nothing', null, 'null'],
  ])('comes at the end when no model writes it: %s', (_name, output, text) => {
    expect(createLiveAnswer(graphOf()).ended(output)).toBe(text)
  })
})
