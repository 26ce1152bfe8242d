import { describe, expect, test } from 'vitest'
import { createAnalyzer } from './analyze.ts'
import { loadDictionary } from './dictionary.ts'
import { kindAt, lastOfKey, tagIdOf } from './tokens.ts'
import { afterCharacter, findKey, NOWHERE, rootOf } from './trie.ts'

describe('the dictionary', () => {
  test('is loaded once for all', async () => {
    expect(await loadDictionary()).toBe(await loadDictionary())
  })

  test('is given to another thread without a copy of what is large', async () => {
    const dictionary = await loadDictionary()
    const { trie, tokens, connections, expressions, firstSteps } = dictionary
    const { bytes: spelt, blocks } = expressions
    const large = [trie, connections, spelt, blocks, firstSteps, ...Object.values(tokens)]

    for (const { buffer } of large) expect(buffer).toBeInstanceOf(SharedArrayBuffer)
    const bytes = large.reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(bytes).toBeLessThan(35 * 2 ** 20)
    // What `postMessage` does.
    const received = structuredClone(dictionary)
    const text = '국립중앙도서관에서 2,345권을 빌렸다'
    expect(createAnalyzer(received).analyze(text)).toEqual(createAnalyzer(dictionary).analyze(text))
  })

  test('knows words and no others, and how many readings each has', async () => {
    const { trie, firstSteps, tokens, tags } = await loadDictionary()
    const readings = (word: string) => {
      const first = findKey(trie, word)
      const length = lastOfKey(tokens, first) + 1 - first
      return Array.from({ length }, (_, at) => tags.get(tagIdOf(kindAt(tokens, first + at).packed)))
    }

    expect(readings('나무')).toEqual(['NNG', 'NNP'])
    expect(readings('가')).toContain('NNG')
    expect(readings('가').length).toBeGreaterThan(5)
    expect(findKey(trie, '도서괎')).toBe(NOWHERE)
    expect(firstSteps['도'.charCodeAt(0)]).toBe(afterCharacter(trie, rootOf(trie), 0xb3c4))
    expect(firstSteps[0xffff]).toBe(NOWHERE)
  })
})
