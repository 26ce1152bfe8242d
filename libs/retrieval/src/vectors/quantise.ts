/**
 * A direction in one byte per dimension: the vector of length 1 is about `scale` times `values`. A vector of an embedding
 * model has no meaningful length, so nothing is lost by taking it away.
 */
export interface Quantised {
  /** From -127 to 127, one per dimension. */
  readonly values: Int8Array
  readonly scale: number
}

const LARGEST = 127
const SCALE_BYTES = 4

/**
 * Symmetric linear quantisation with a scale per vector: the largest dimension becomes 127.
 *
 * @returns undefined for a vector without a direction: of zeros, or with something that is no number
 */
export function quantise(vector: ArrayLike<number>): Quantised | undefined {
  const unit = unitOf(vector)
  if (unit === undefined) return undefined
  const scale = Math.fround(
    unit.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / LARGEST,
  )
  return { values: Int8Array.from(unit, (value) => Math.round(value / scale)), scale }
}

/** The vector of length 1 in the same direction. @returns as `quantise` */
export function unitOf(vector: ArrayLike<number>): Float32Array | undefined {
  // In doubles, and scaled first: squares of large and of small floats are no floats.
  let most = 0
  for (let i = 0; i < vector.length; i++) most = Math.max(most, Math.abs(vector[i] ?? 0))
  let sum = 0
  for (let i = 0; i < vector.length; i++) sum += ((vector[i] ?? 0) / most) ** 2
  const length = Math.sqrt(sum)
  if (!Number.isFinite(length) || !Number.isFinite(most) || length === 0) return undefined
  return Float32Array.from(vector, (value) => value / most / length)
}

/** For a column of bytes: the scale as a little-endian float, then the values. */
export function bytesOf({ values, scale }: Quantised): Uint8Array {
  const bytes = new Uint8Array(SCALE_BYTES + values.length)
  new DataView(bytes.buffer).setFloat32(0, scale, true)
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), SCALE_BYTES)
  return bytes
}

/** What `bytesOf` made, on the same memory. @throws RangeError for fewer bytes than a scale */
export function quantisedOf(bytes: Uint8Array): Quantised {
  const scale = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(0, true)
  const values = new Int8Array(
    bytes.buffer,
    bytes.byteOffset + SCALE_BYTES,
    bytes.length - SCALE_BYTES,
  )
  return { values, scale }
}
