import { describe, expect, test } from 'vitest'
import { createRandom } from '../evaluation/random.ts'
import { UnusableFileError, writeArrayFile } from '../snapshot/array-file.ts'
import { createLexicalIndex } from './bm25-index.ts'
import { countOf } from './fields.ts'
import { readSegment, writeSegment } from './segment-file.ts'

const whole = async (pieces: Promise<Uint8Array[]>) => new Uint8Array(Buffer.concat(await pieces))

const everything = { morphemes: countOf(['말', '글']), bigrams: countOf(['한국']), topK: 10_000 }

async function filled(count: number) {
  const { below } = createRandom(3)
  const index = createLexicalIndex()
  for (let id = 0; id < count; id++) {
    index.add({
      id: `chunk-${id}`,
      documentId: `문서-${below(50)}`,
      morphemes: ['말', '글', '집', '길'].slice(below(4)),
      bigrams: ['한국', '국어'].slice(below(3)),
      headingMorphemes: ['글'].slice(below(2)),
    })
  }
  await index.seal()
  return index
}

const partsOf = (index: Awaited<ReturnType<typeof filled>>) => index.parts() ?? expect.unreachable()

test('an index that is opened from its files finds the same, and forgets and learns as before', async () => {
  const index = await filled(5000)
  index.remove('문서-7')
  const again = createLexicalIndex({
    parts: await Promise.all(
      partsOf(index).map(async ({ arrays, removed }) => ({
        arrays: await readSegment(await whole(writeSegment(arrays))),
        removed,
      })),
    ),
  })

  expect(again.size).toBe(index.size)
  expect(again.search(everything)).toEqual(index.search(everything))
  for (const each of [index, again]) {
    each.remove('문서-8')
    each.add({
      ...{ id: 'late', documentId: 'late', morphemes: ['말'] },
      ...{ bigrams: [], headingMorphemes: [] },
    })
  }
  expect(again.search(everything)).toEqual(index.search(everything))
})

test('what was added after sealing is not in the parts, so there are none', async () => {
  const index = await filled(10)
  expect(index.parts()).toHaveLength(1)

  index.add({ id: 'late', documentId: 'late', morphemes: [], bigrams: [], headingMorphemes: [] })
  expect(index.parts()).toBeUndefined()

  await index.seal()
  expect(index.parts()?.reduce((sum, { arrays }) => sum + arrays.capacity, 0)).toBe(11)
})

describe('a file is refused', () => {
  const bytes = async () => {
    const [part = expect.unreachable()] = partsOf(await filled(20))
    return whole(writeSegment(part.arrays))
  }

  test('with any byte changed, cut off or added', async () => {
    const good = await bytes()
    for (let at = 0; at < good.length; at++) {
      const changed = good.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(readSegment(changed)).rejects.toThrow(UnusableFileError)
    }
    for (const length of [0, 3, 15, 16, 100, good.length - 1]) {
      await expect(readSegment(good.slice(0, length))).rejects.toThrow(UnusableFileError)
    }
    await expect(readSegment(new Uint8Array([...good, 0]))).rejects.toThrow(UnusableFileError)
  })

  test.each([
    ['of another kind', { kind: 'vectors', version: 2, capacity: 0 }],
    ['of another version', { kind: 'segment', version: 1, capacity: 0 }],
    ['with arrays missing', { kind: 'segment', version: 2, capacity: 0 }],
  ])('%s', async (_, facts) => {
    const file = await whole(writeArrayFile({ facts, arrays: new Map() }))

    await expect(readSegment(file)).rejects.toThrow(UnusableFileError)
  })

  test('never for where in memory it stands', async () => {
    const good = await bytes()
    const elsewhere = new Uint8Array(good.length + 3)
    elsewhere.set(good, 3)

    expect(await readSegment(elsewhere.subarray(3))).toEqual(await readSegment(good))
  })
})
