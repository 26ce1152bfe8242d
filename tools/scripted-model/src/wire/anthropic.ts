import { countOf, event, namedCallsOf, type Wire, wordsOf } from './wire.ts'

/** https://docs.anthropic.com/en/api/messages-streaming */
export const anthropic: Wire = {
  contentType: 'text/event-stream',
  stream(request, answer) {
    const { prompt_tokens: input, completion_tokens: output } = countOf(request, answer)
    const calls = namedCallsOf(answer)
    const blocks =
      answer.kind === 'text'
        ? [
            {
              start: { type: 'text', text: '' },
              deltas: wordsOf(answer.text).map((text) => ({ type: 'text_delta', text })),
            },
          ]
        : [
            ...thoughtOf(answer.signature),
            ...calls.map(({ id, name, args }) => ({
              start: { type: 'tool_use', id, name, input: {} },
              deltas: [{ type: 'input_json_delta', partial_json: args }],
            })),
          ]
    const events = [
      {
        type: 'message_start',
        message: {
          ...{ id: 'msg_1', type: 'message', role: 'assistant', model: request.model },
          ...{ content: [], stop_reason: null, stop_sequence: null },
          usage: {
            ...{ input_tokens: input, output_tokens: 1 },
            ...{ cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
          },
        },
      },
      ...blocks.flatMap(({ start, deltas }, index) => [
        { type: 'content_block_start', index, content_block: start },
        ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
        { type: 'content_block_stop', index },
      ]),
      {
        type: 'message_delta',
        delta: { stop_reason: reasonOf(answer), stop_sequence: null },
        usage: { output_tokens: output },
      },
      { type: 'message_stop' },
    ]
    return events.map((data) => event(data, data.type))
  },
}

function reasonOf(answer: Parameters<Wire['stream']>[1]): string {
  if (answer.kind === 'tool-calls') return 'tool_use'
  return answer.finishReason === 'stop' ? 'end_turn' : 'max_tokens'
}

function thoughtOf(signature: string | undefined) {
  if (signature === undefined) return []
  return [
    {
      start: { type: 'thinking', thinking: '', signature: '' },
      deltas: [
        { type: 'thinking_delta', thinking: 'Let me look.' },
        { type: 'signature_delta', signature },
      ],
    },
  ]
}
