import { crc32 } from 'node:zlib'
import { countOf, namedCallsOf, type Wire, wordsOf } from './wire.ts'

/** `ConverseStream`: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export const bedrock: Wire = {
  contentType: 'application/vnd.amazon.eventstream',
  stream(request, answer) {
    const { prompt_tokens, completion_tokens, total_tokens } = countOf(request, answer)
    const usage = { inputTokens: prompt_tokens, outputTokens: completion_tokens }
    const blocks =
      answer.kind === 'text'
        ? wordsOf(answer.text).map((text) =>
            frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }),
          )
        : namedCallsOf(answer).flatMap(({ id, name, args }, contentBlockIndex) => [
            frame('contentBlockStart', {
              contentBlockIndex,
              start: { toolUse: { toolUseId: id, name } },
            }),
            frame('contentBlockDelta', { contentBlockIndex, delta: { toolUse: { input: args } } }),
            frame('contentBlockStop', { contentBlockIndex }),
          ])
    return [
      frame('messageStart', { role: 'assistant' }),
      ...blocks,
      ...(answer.kind === 'text' ? [frame('contentBlockStop', { contentBlockIndex: 0 })] : []),
      frame('messageStop', { stopReason: reasonOf(answer) }),
      frame('metadata', { usage: { ...usage, totalTokens: total_tokens }, metrics: {} }),
    ]
  },
}

function reasonOf(answer: Parameters<Wire['stream']>[1]): string {
  if (answer.kind === 'tool-calls') return 'tool_use'
  return answer.finishReason === 'stop' ? 'end_turn' : 'max_tokens'
}

const STRING = 7

/** A message of `vnd.amazon.eventstream`: lengths and their checksum, headers, payload, checksum of it all. */
function frame(type: string, payload: object): Uint8Array {
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ])
  const body = Buffer.from(JSON.stringify(payload))
  const prelude = Buffer.alloc(8)
  prelude.writeUInt32BE(16 + headers.length + body.length, 0)
  prelude.writeUInt32BE(headers.length, 4)
  const checked = Buffer.concat([prelude, sum(prelude), headers, body])
  return Buffer.concat([checked, sum(checked)])
}

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Buffer.byteLength(value))
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([STRING]),
    length,
    Buffer.from(value),
  ])
}

function sum(bytes: Buffer): Buffer {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(bytes))
  return checksum
}
