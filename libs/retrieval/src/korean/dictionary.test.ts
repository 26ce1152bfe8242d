import { describe, expect, test } from 'vitest'
import { createAnalyzer } from './analyze.ts'
import { loadDictionary } from './dictionary.ts'
import { afterCharacter, countOf, findKey, firstOf, NOWHERE, rootOf } from './trie.ts'

describe('the dictionary', () => {
  test('is loaded once for all', async () => {
    expect(await loadDictionary()).toBe(await loadDictionary())
  })

  test('is given to another thread without a copy of what is large', async () => {
    const dictionary = await loadDictionary()
    const { trie, tokens, connections, expressions, firstSteps } = dictionary
    const large = [trie, tokens, connections, expressions.bytes, expressions.offsets, firstSteps]

    for (const { buffer } of large) expect(buffer).toBeInstanceOf(SharedArrayBuffer)
    const bytes = large.reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(bytes).toBeLessThan(70 * 2 ** 20)
    // What `postMessage` does.
    const received = structuredClone(dictionary)
    const text = '국립중앙도서관에서 2,345권을 빌렸다'
    expect(createAnalyzer(received).analyze(text)).toEqual(createAnalyzer(dictionary).analyze(text))
  })

  test('knows words and no others, and how many readings each has', async () => {
    const { trie, firstSteps } = await loadDictionary()

    expect(countOf(findKey(trie, '도서관'))).toBeGreaterThan(0)
    expect(firstOf(findKey(trie, '도서관'))).toBeGreaterThan(0)
    expect(findKey(trie, '도서괎')).toBe(NOWHERE)
    expect(firstSteps['도'.charCodeAt(0)]).toBe(afterCharacter(trie, rootOf(trie), 0xb3c4))
    expect(firstSteps[0xffff]).toBe(NOWHERE)
  })
})
