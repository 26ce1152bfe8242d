// A process of its own: reads files from its input, one after the other, and writes to descriptor 3
// what they became. It ends when its input does.
import './no-network.ts'
import { writeSync } from 'node:fs'
import { parseFile } from '../formats/index.ts'
import { ParseError } from '../parse-error.ts'
import { PARSE_LIMITS, type ParseLimits } from '../parsed.ts'
import type { Answer } from './answer.ts'
import { FrameReader, frameOf } from './frames.ts'
import { ANSWERS_TO, MAX_FILE_BYTES } from './launch-options.ts'
import { outlineOf } from './outline.ts'

const limits: ParseLimits = { ...PARSE_LIMITS, ...JSON.parse(process.argv[2] ?? '{}') }
const reader = new FrameReader(MAX_FILE_BYTES)
let name: string | undefined

for await (const chunk of process.stdin) {
  for (const frame of reader.push(chunk)) {
    if (name === undefined) {
      name = new TextDecoder().decode(frame)
      continue
    }
    send(await answerTo(name, frame))
    name = undefined
  }
}

async function answerTo(label: string, bytes: Uint8Array): Promise<Answer> {
  try {
    const document = await parseFile({ name: label, bytes }, limits)
    return { text: document.text, outline: outlineOf(document) }
  } catch (error) {
    return failureOf(error)
  }
}

function failureOf(error: unknown): Answer {
  if (error instanceof ParseError) return { code: error.code, message: error.message }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { crash: text.slice(0, 2000) }
}

function send(answer: Answer): void {
  for (const part of frameOf(new TextEncoder().encode(JSON.stringify(answer)))) {
    for (let at = 0; at < part.byteLength; ) at += writeSync(ANSWERS_TO, part, at)
  }
}
