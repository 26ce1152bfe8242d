import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openVectorCache } from './vector-cache.ts'

const path = () => join(mkdtempSync(join(tmpdir(), 'vectors-')), 'new', 'cache.txt')
const vectorOf = (seed: number) =>
  Float32Array.from({ length: 300 }, (_, at) => Math.sin(seed + at))

test('vectors are there again, whatever pieces their file is read in', async () => {
  const file = path()
  const cache = await openVectorCache(file)
  const texts = Array.from({ length: 200 }, (_, at) => `글 ${at}`)
  for (const [at, text] of texts.entries()) cache.add(text, vectorOf(at))

  const again = await openVectorCache(file)

  for (const opened of [cache, again]) {
    expect(texts.map((text) => opened.get(text))).toEqual(texts.map((_, at) => vectorOf(at)))
    expect(opened.has('another')).toBe(false)
  }
})

test('a line that was begun and never ended is none', async () => {
  const file = path()
  const cache = await openVectorCache(file)
  cache.add('one', vectorOf(1))
  cache.add('two', vectorOf(2))
  const whole = readFileSync(file, 'latin1')
  writeFileSync(file, whole.slice(0, -5), 'latin1')

  const again = await openVectorCache(file)
  expect([again.has('one'), again.has('two')]).toEqual([true, false])
  again.add('three', vectorOf(3))

  appendFileSync(file, 'half')
  const last = await openVectorCache(file)
  expect(last.get('three')).toEqual(vectorOf(3))
  expect(last.has('two')).toBe(false)
})
