import { describe, expect, test } from 'vitest'
import { bytesOf, quantise, quantisedOf, unitOf } from './quantise.ts'

describe('a quantised vector', () => {
  test('is the direction, its largest dimension 127', () => {
    const { values, scale } = quantise([3, -4, 0]) ?? expect.unreachable()

    expect([...values]).toEqual([95, -127, 0])
    expect(scale).toBeCloseTo(0.8 / 127, 8)
  })

  test('has no length, however small or large the vector was', () => {
    const plain = quantise([1, 2, 3])

    expect(quantise([1e-30, 2e-30, 3e-30])).toEqual(plain)
    expect(quantise([1e200, 2e200, 3e200])).toEqual(plain)
  })

  test.each([
    ['of nothing', []],
    ['of zeros', [0, 0]],
    ['with something that is no number', [1, Number.NaN]],
    ['with something without an end', [1, Number.POSITIVE_INFINITY]],
  ])('there is none for a vector %s', (_name, vector) => {
    expect(quantise(vector)).toBeUndefined()
    expect(unitOf(vector)).toBeUndefined()
  })

  test('comes back from its bytes, wherever they stand', () => {
    const vector = quantise([0.1, -0.7, 0.2]) ?? expect.unreachable()
    const bytes = bytesOf(vector)
    const elsewhere = new Uint8Array([9, 9, 9, ...bytes]).subarray(3)

    expect(quantisedOf(bytes)).toEqual(vector)
    expect(quantisedOf(elsewhere)).toEqual(vector)
    expect(bytes).toHaveLength(7)
  })
})
