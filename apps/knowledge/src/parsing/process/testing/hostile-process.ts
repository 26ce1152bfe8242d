// In the cage of a parser, does what the file that it is given says, and answers with what came of it.
import '../no-network.ts'
import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import { FrameReader, frameOf } from '../frames.ts'
import { ANSWERS_TO } from '../launch-options.ts'

const attempts: Readonly<Record<string, () => unknown>> = {
  hang() {
    for (;;);
  },
  heap() {
    const held: string[][] = []
    for (;;) held.push(Array.from({ length: 10_000 }, () => Math.random().toString(36)))
  },
  buffers() {
    const held: Uint8Array[] = []
    for (;;) held.push(new Uint8Array(8 * 1024 * 1024).fill(1))
  },
  exit: () => process.exit(0),
  abort: () => process.abort(),
  throw() {
    throw new Error('from inside')
  },
  flood() {
    writeSync(ANSWERS_TO, Buffer.from('ffffffff', 'hex'))
    for (;;);
  },
  garbage: () => writeSync(ANSWERS_TO, Buffer.from('00000003616263', 'hex')),
  forged: () => answer({ text: '\0', outline: { sections: [], blocks: [], metadata: {} } }),
  files: () => readFileSync('/etc/passwd', 'utf8'),
  write: () => writeFileSync(`${import.meta.dirname}/written`, ''),
  environment: () => JSON.stringify(process.env),
  // biome-ignore lint/security/noGlobalEval: it must be refused
  code: () => globalThis.eval('1 + 1'),
  program: () => import('node:child_process').then(({ spawn }) => spawn('/bin/true')),
  thread: () =>
    import('node:worker_threads').then(({ Worker }) => new Worker('', { eval: true }).threadId),
  fetch: () => fetch('http://127.0.0.1:8080/'),
  connect: () => import('node:net').then(({ connect }) => connect(8080, '127.0.0.1')),
  lookup: () => import('node:dns/promises').then(({ lookup }) => lookup('localhost')),
  count: () => String(++count),
  keep() {
    kept.push(Buffer.alloc(200 * 1024 * 1024, 1))
    return String(++count)
  },
  fail: () => answer({ code: 'document.damaged', message: 'It is damaged' }),
}

let count = 0
const kept: Uint8Array[] = []

function answer(value: object): void {
  for (const part of frameOf(Buffer.from(JSON.stringify(value)))) writeSync(ANSWERS_TO, part)
}

async function attempt(what: string): Promise<string | undefined> {
  try {
    const result = await attempts[what]?.()
    return typeof result === 'string' ? result : undefined
  } catch (error) {
    if (what === 'throw') throw error
    const { code, cause, message } = error as Error & { code?: string }
    return `refused: ${code ?? (cause as Error | undefined)?.message ?? message}`
  }
}

const reader = new FrameReader(1024)
let name: string | undefined
for await (const chunk of process.stdin) {
  for (const frame of reader.push(chunk)) {
    if (name === undefined) name = new TextDecoder().decode(frame)
    else {
      const text = await attempt(name)
      const block = { section: 0, kind: 'prose', start: 0, end: text?.length }
      const outline = { sections: [[]], blocks: [block], metadata: {} }
      if (text !== undefined) answer({ text, outline })
      name = undefined
    }
  }
}
