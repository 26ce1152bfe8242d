import { expect, test } from 'vitest'
import { clustered } from '../evaluation/clusters.ts'
import { UnusableFileError, writeArrayFile } from '../snapshot/array-file.ts'
import { quantise } from './quantise.ts'
import { readVectors, writeVectors } from './vector-file.ts'
import { createVectorIndex, type VectorIndex } from './vector-index.ts'

const whole = async (pieces: Promise<Uint8Array[]>) => new Uint8Array(Buffer.concat(await pieces))
const { vectors, queries } = clustered({ count: 3000, queryCount: 5, dimensions: 16, seed: 5 })

function filled(): VectorIndex {
  const index = createVectorIndex({ dimensions: 16 })
  for (const [at, values] of vectors.entries()) {
    const vector = quantise(values) ?? expect.unreachable()
    index.add({ id: `v${at}`, documentId: `문서-${at % 40}`, vector })
  }
  return index
}

test('an index that is filled from its files finds the same', async () => {
  const index = filled()
  index.remove('문서-3')
  const places = index.places()
  const again = createVectorIndex({ dimensions: 16 })
  for (const some of [places.slice(0, 1000), places.slice(1000)]) {
    for (const entry of await readVectors(await whole(writeVectors(some)))) again.add(entry)
  }

  expect(again.size).toBe(index.size)
  for (const vector of queries) {
    expect(await again.search({ vector, topK: 20 })).toEqual(
      await index.search({ vector, topK: 20 }),
    )
  }
})

test('what is written is what was there when the places were asked for', async () => {
  const index = filled()
  const places = index.places()
  const before = await readVectors(await whole(writeVectors(places)))

  for (let document = 0; document < 39; document++) index.remove(`문서-${document}`)

  expect(await readVectors(await whole(writeVectors(places)))).toEqual(before)
})

test('a file that is damaged, or something else, is refused', async () => {
  const good = await whole(writeVectors(filled().places().slice(0, 3)))
  for (let at = 0; at < good.length; at++) {
    const changed = good.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    await expect(readVectors(changed)).rejects.toThrow(UnusableFileError)
  }
  for (const facts of [
    { kind: 'segment', version: 1 },
    { kind: 'vectors', version: 2, dimensions: 3 },
    { kind: 'vectors', version: 1, dimensions: 3 },
  ]) {
    const file = await whole(writeArrayFile({ facts, arrays: new Map() }))
    await expect(readVectors(file)).rejects.toThrow(UnusableFileError)
  }
})
