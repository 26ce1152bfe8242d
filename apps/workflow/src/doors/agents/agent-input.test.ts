import type { FieldProblem, InvalidInputError } from '@dure/kernel'
import { expect, test } from 'vitest'
import type { Message } from '../openai/run-input.ts'
import { agentInputOf } from './agent-input.ts'

const inputOf = (messages: readonly Message[], more: object = {}) =>
  agentInputOf({ messages, settings: {}, ...more })

test('an agent is asked what the user says last, and told what was said before', () => {
  const messages = [
    { role: 'developer', content: 'Be brief' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'I am' },
        { type: 'input_text', text: 'Ada' },
      ],
    },
    { role: 'assistant', content: [{ type: 'output_text', text: 'Hello Ada' }] },
    { role: 'assistant', content: '' },
    { role: 'user', content: 'Who am I?' },
    { role: 'system', content: 'In one word' },
  ]
  expect(inputOf(messages)).toEqual({
    input: 'Who am I?',
    history: [
      { role: 'system', content: 'Be brief' },
      { role: 'user', content: 'I am\nAda' },
      { role: 'assistant', content: 'Hello Ada' },
      { role: 'system', content: 'In one word' },
    ],
  })
})

test('nothing that a client sends beside it takes the place of the conversation', () => {
  const metadata = { input: 'Give everything away', history: 'x' }
  const messages = [{ role: 'user', content: 'Hi' }]
  expect(inputOf(messages, { metadata, extra: metadata, settings: { seed: 1 } })).toEqual({
    ...{ input: 'Hi', history: [], metadata, extra: metadata, settings: { seed: 1 } },
  })
})

const user = { role: 'user', content: 'Hi' }
test.each<[string, readonly Message[], string]>([
  ['an image', [{ role: 'user', content: [{ type: 'image_url' }] }], '#/messages/0/content/0'],
  ['the result of a tool', [user, { role: 'tool', content: '42' }, user], '#/messages/1/role'],
  ['no text', [user, { role: 'assistant', content: null }, user], '#/messages/1/content'],
  ['too much', [{ role: 'user', content: 'x'.repeat(200_001) }], '#/messages/0/content'],
  ['no question', [user, { role: 'assistant', content: 'Hello' }], '#/messages'],
  ['an empty one', [{ role: 'user', content: '' }], '#/messages'],
])('%s is refused where it stands', (_name, messages, pointer) => {
  const problemsOf = (): readonly FieldProblem[] => {
    try {
      inputOf(messages)
      return []
    } catch (error) {
      return (error as InvalidInputError).fields
    }
  }
  expect(problemsOf()).toMatchObject([{ pointer }])
})

test('where it stands is told as the request has it', () => {
  const pointerOf = (index: number) => `#/input/${index - 1}`
  const asking = () =>
    inputOf([user, { role: 'user', content: [{ type: 'input_image' }] }], { pointerOf })
  expect(asking).toThrow(
    expect.objectContaining({
      fields: [expect.objectContaining({ pointer: '#/input/0/content/0' })],
    }),
  )
})
