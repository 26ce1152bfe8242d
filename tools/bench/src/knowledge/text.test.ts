import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnalyzer, loadDictionary } from '@dure/retrieval'
import { expect, test, vi } from 'vitest'
import { folderText, generatedText } from './text.ts'

// The whole dictionary is gone through.
vi.setConfig({ testTimeout: 120_000 })

test('a generated text is the same for the same seed, and has the words of a language', async () => {
  const [one, same, other] = [
    await generatedText(1),
    await generatedText(1),
    await generatedText(2),
  ]
  const passages = Array.from({ length: 1000 }, () => one.passage())

  expect(Array.from({ length: 1000 }, () => same.passage())).toEqual(passages)
  expect(other.passage()).not.toBe(passages[0])
  expect(new Set(passages).size).toBe(passages.length)
  const analyzer = createAnalyzer(await loadDictionary())
  const terms = passages.flatMap((passage) => analyzer.terms(passage))
  const counts = [...Map.groupBy(terms, (term) => term).values()].map(({ length }) => length)
  // Many words, of which some are everywhere.
  expect(counts.length).toBeGreaterThan(5000)
  expect(Math.max(...counts) / terms.length).toBeGreaterThan(1 / 200)
  expect(terms.filter((term) => /^[a-z]+$/.test(term)).length).toBeGreaterThan(100)
  expect(terms.filter((term) => /^\d+$/.test(term)).length).toBeGreaterThan(100)
})

test('the texts of a folder come again after their end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const path = join(folder, 'corpus.jsonl')
  writeFileSync(path, '{"_id":1,"text":"가"}\n\n{"_id":2,"text":""}\n{"_id":3,"text":"나"}\n')

  const { passage } = await folderText(folder)

  expect([passage(), passage(), passage()]).toEqual(['가', '나', '가'])
  writeFileSync(path, '')
  await expect(folderText(folder)).rejects.toThrow('no texts')
})
