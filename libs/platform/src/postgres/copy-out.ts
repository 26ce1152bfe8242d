import type pg from 'pg'

/** The signature, flags, and how long what follows is. */
const HEADER_BYTES = 19
const END = -1

interface Connection {
  query(text: string): void
}

/**
 * Reads the one column of bytes of a query as they are: `pg` makes text of the rows of other statements, which costs five
 * times as much for many megabytes.
 *
 * @param select without parameters: what is given to it goes through `pg.escapeLiteral`
 * @param onRow gets the bytes of each row, which are valid until it returns
 */
export async function copyBytes(
  client: Pick<pg.PoolClient, 'query'>,
  select: string,
  onRow: (bytes: Uint8Array) => void,
): Promise<void> {
  const copy = new CopyOut(`COPY (${select}) TO STDOUT (FORMAT binary)`, onRow)
  client.query(copy)
  await copy.done
}

/** What `pg` asks of a query that it has not made itself. */
class CopyOut implements pg.Submittable {
  readonly done: Promise<void>
  readonly #text: string
  readonly #onRow: (bytes: Uint8Array) => void
  #isFirst = true
  #failure: Error | undefined
  /** `pg` puts itself before it, to stop its clock. */
  callback: (error?: Error | null) => void

  constructor(text: string, onRow: (bytes: Uint8Array) => void) {
    this.#text = text
    this.#onRow = onRow
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.done = promise
    this.callback = (error) => (error ? reject(error) : resolve())
  }

  submit(connection: unknown): void {
    ;(connection as Connection).query(this.#text)
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#failure) return
    try {
      const row = rowIn(chunk, this.#isFirst)
      this.#isFirst = false
      if (row) this.#onRow(row)
    } catch (error) {
      // Thrown from here, it would end the process.
      this.#failure = error as Error
    }
  }

  handleError(error: Error): void {
    this.#failure ??= error
    this.callback(this.#failure)
  }

  handleReadyForQuery(): void {
    this.callback(this.#failure)
  }

  handleCommandComplete(): void {}
}

/** Each message is a row, and the first begins with the header. @returns undefined after the last */
function rowIn(chunk: Buffer, isFirst: boolean): Uint8Array | undefined {
  const start = isFirst ? HEADER_BYTES + chunk.readInt32BE(HEADER_BYTES - 4) : 0
  const columns = chunk.readInt16BE(start)
  if (columns === END) return undefined
  const length = chunk.readInt32BE(start + 2)
  const row = chunk.subarray(start + 6)
  if (columns === 1 && row.length === length) return row
  throw new TypeError('It is not a row of one column of bytes')
}
