import { describe, expect, test } from 'vitest'
import { answerIn, historyOf, type Said, saidIn } from './thread.ts'

const of = (role: Said['role'], content: string, isUntrusted = false): Said => ({
  ...{ role, content, isUntrusted },
})

describe('the history of a thread', () => {
  test('begins with a user', () => {
    const { messages } = historyOf([of('assistant', 'a'), of('user', 'b'), of('assistant', 'c')])
    expect(messages).toEqual([
      { role: 'user', content: 'b' },
      { role: 'assistant', content: 'c' },
    ])
    expect(historyOf([of('assistant', 'a')]).messages).toEqual([])
  })

  test('is untrusted when something is that is told', () => {
    const answer = of('assistant', 'from outside', true)
    expect(historyOf([of('user', 'a'), answer]).isUntrusted).toBe(true)
    expect(historyOf([answer, of('user', 'a')]).isUntrusted).toBe(false)
  })

  test('keeps inputs and answers as text without NUL', () => {
    const input = [{ role: 'user' as const, content: 'a' }]
    expect(saidIn({ input, isUntrusted: false })).toEqual([of('user', 'a')])
    expect(saidIn({ input, isUntrusted: true })).toEqual([of('user', 'a', true)])
    expect(answerIn('a\u0000b', { isUntrusted: true })).toEqual(of('assistant', 'ab', true))
    expect(answerIn({ n: 1 }, { isUntrusted: false }).content).toBe('{"n":1}')
    expect(answerIn(undefined, { isUntrusted: false }).content).toBe('')
  })
})
