import type { Answer } from '../completion.ts'
import { countOf, event, namedCallsOf, type Wire, type WireRequest, wordsOf } from './wire.ts'

/** The streamed events of OpenAI's Responses API: https://platform.openai.com/docs/api-reference/responses-streaming */
export const responses: Wire = {
  contentType: 'text/event-stream',
  stream(request, answer) {
    const items = answer.kind === 'text' ? message(answer.text) : calls(answer)
    const events = [
      { type: 'response.created', response: head(request) },
      ...items,
      endOf(request, answer),
    ]
    return events.map((data, sequence_number) => event({ ...data, sequence_number }, data.type))
  },
}

const head = ({ model }: WireRequest) => ({ id: 'resp_1', created_at: 1_700_000_000, model })

function message(text: string) {
  const at = { output_index: 0, item_id: 'msg_1' }
  const item = { id: 'msg_1', type: 'message', role: 'assistant' }
  return [
    { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
    ...wordsOf(text).map((delta) => ({
      ...{ type: 'response.output_text.delta', ...at, content_index: 0, delta },
    })),
    {
      ...{ type: 'response.output_item.done', output_index: 0 },
      item: { ...item, content: [{ type: 'output_text', text, annotations: [] }] },
    },
  ]
}

function calls(answer: Answer) {
  return namedCallsOf(answer).flatMap(({ id: call_id, name, args }, output_index) => {
    const id = `fc_${output_index}`
    const item = { id, type: 'function_call', call_id, name, arguments: '' }
    return [
      { type: 'response.output_item.added', output_index, item },
      {
        ...{ type: 'response.function_call_arguments.delta', output_index, item_id: id },
        delta: args,
      },
      {
        ...{ type: 'response.output_item.done', output_index },
        item: { ...item, arguments: args, status: 'completed' },
      },
    ]
  })
}

function endOf(request: WireRequest, answer: Answer) {
  const { prompt_tokens: input_tokens, completion_tokens: output_tokens } = countOf(request, answer)
  const isCut = answer.kind === 'text' && answer.finishReason === 'length'
  const usage = {
    ...{ input_tokens, output_tokens },
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  }
  return {
    type: isCut ? 'response.incomplete' : 'response.completed',
    response: {
      ...{ ...head(request), usage },
      incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    },
  }
}
