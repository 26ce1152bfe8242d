import { expect, test } from 'vitest'
import { loadDictionary } from './dictionary.ts'
import { dictionaryWords } from './dictionary-words.ts'
import { findKey } from './trie.ts'

test('all words of the dictionary can be had, with what they are', async () => {
  const dictionary = await loadDictionary()

  const words = [...dictionaryWords(dictionary)]

  expect(words).toHaveLength(816_283)
  const tagsOf = (wanted: string) =>
    words.flatMap(({ text, tag }) => (text === wanted ? [tag] : []))
  expect(tagsOf('나무')).toContain('NNG')
  expect(tagsOf('했다')).toContain(undefined)
  expect(
    words.every(({ text }, at) => at % 1000 !== 0 || findKey(dictionary.trie, text) >= 0),
  ).toBe(true)
})
