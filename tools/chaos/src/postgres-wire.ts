/** What the bytes that a client has just sent ask PostgreSQL to do. */
export type Asked = 'nothing' | 'commit'

/**
 * Reads what a client says to PostgreSQL, as far as one must to see a commit: `COMMIT`, or a
 * statement outside of a transaction that writes. Protocol 3.0, messages of the frontend:
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function createWireReader(): (chunk: Buffer) => Asked {
  let rest: Buffer = Buffer.alloc(0)
  let greeted = false
  let inTransaction = false
  const prepared = new Map<string, string>()

  function asks(text: string): boolean {
    if (/^\s*(BEGIN|START TRANSACTION)\b/i.test(text)) inTransaction = true
    else if (/^\s*ROLLBACK\b/i.test(text)) inTransaction = false
    else if (/^\s*COMMIT\b/i.test(text)) {
      inTransaction = false
      return true
    } else return !inTransaction && WRITES.test(text)
    return false
  }

  function statementOf(type: string, body: Buffer): string | undefined {
    if (type === 'Q') return textAt(body, 0)
    if (type === 'P') {
      const name = textAt(body, 0)
      prepared.set(name, textAt(body, Buffer.byteLength(name) + 1))
    }
    // Of a portal, then of the statement that it executes.
    if (type === 'B') return prepared.get(textAt(body, Buffer.byteLength(textAt(body, 0)) + 1))
    return undefined
  }

  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let asked: Asked = 'nothing'
    for (;;) {
      // Only the very first message has no type.
      const head = greeted ? 1 : 0
      if (rest.length < head + 4) return asked
      const end = head + rest.readInt32BE(head)
      if (rest.length < end) return asked
      const text = greeted ? statementOf(String.fromCharCode(rest[0] ?? 0), body(head, end)) : ''
      if (text && asks(text)) asked = 'commit'
      greeted = true
      rest = rest.subarray(end)
    }
  }

  function body(head: number, end: number): Buffer {
    return rest.subarray(head + 4, end)
  }
}

const WRITES = /\b(INSERT|UPDATE|DELETE)\b|\bcommit_/i

function textAt(bytes: Buffer, from: number): string {
  const end = bytes.indexOf(0, from)
  return bytes.toString('utf8', from, end === -1 ? bytes.length : end)
}

/** Whether what the server has said so far ends with ReadyForQuery: all of it is answered. */
export function endsReady(answer: Buffer): boolean {
  const last = answer.subarray(-6)
  return last.length === 6 && last[0] === 0x5a && last.readInt32BE(1) === 5
}
