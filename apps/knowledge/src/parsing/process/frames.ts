const LENGTH_BYTES = 4

/** A frame: its length as 32 bits, big end first, and so many bytes. */
export function frameOf(payload: Uint8Array): Uint8Array[] {
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setUint32(0, payload.byteLength)
  return [length, payload]
}

export class FrameTooLargeError extends Error {}

/**
 * Puts frames together from what a pipe delivers, and holds at most one of them.
 *
 * @param maxBytes of a frame; a longer one is refused when its length is known
 */
export class FrameReader {
  readonly #maxBytes: number
  #pending: Uint8Array[] = []
  #size = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** @returns the frames that are complete now @throws FrameTooLargeError */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#pending.push(chunk)
    this.#size += chunk.byteLength
    const frames: Uint8Array[] = []
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame)
    return frames
  }

  #next(): Uint8Array | undefined {
    if (this.#size < LENGTH_BYTES) return undefined
    const head = this.#join(LENGTH_BYTES)
    const length = new DataView(head.buffer, head.byteOffset).getUint32(0)
    if (length > this.#maxBytes) throw new FrameTooLargeError(`${length} bytes are announced`)
    if (this.#size < LENGTH_BYTES + length) return undefined
    const all = this.#join(LENGTH_BYTES + length)
    this.#pending = [all.subarray(LENGTH_BYTES + length)]
    this.#size = this.#pending[0]?.byteLength ?? 0
    return all.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
  }

  /** The first bytes in one piece; only joins what is not yet. */
  #join(length: number): Uint8Array {
    if ((this.#pending[0]?.byteLength ?? 0) < length) this.#pending = [Buffer.concat(this.#pending)]
    return this.#pending[0] as Uint8Array
  }
}
