import type { Answer } from '../completion.ts'
import { countOf, event, namedCallsOf, type Wire, wordsOf } from './wire.ts'

/** `streamGenerateContent?alt=sse`: https://ai.google.dev/api/generate-content */
export const google: Wire = {
  contentType: 'text/event-stream',
  stream(request, answer) {
    const { prompt_tokens: input, completion_tokens: output } = countOf(request, answer)
    const parts =
      answer.kind === 'text'
        ? wordsOf(answer.text).map((text) => ({ text }))
        : [
            ...signedWordsOf(answer),
            ...namedCallsOf(answer).map(({ name, args }) => ({
              functionCall: { name, args: JSON.parse(args) },
              ...(answer.signature !== undefined && { thoughtSignature: answer.signature }),
            })),
          ]
    const chunk = (part: object | undefined, end: object = {}) =>
      event({
        candidates: [{ content: { role: 'model', parts: part ? [part] : [] }, index: 0, ...end }],
        usageMetadata: {
          ...{ promptTokenCount: input, totalTokenCount: input + output },
          candidatesTokenCount: output,
        },
        modelVersion: request.model,
      })
    const finishReason =
      answer.kind === 'text' && answer.finishReason === 'length' ? 'MAX_TOKENS' : 'STOP'
    return [...parts.map((part) => chunk(part)), chunk(undefined, { finishReason })]
  },
}

/** The signature comes with an empty piece at the end, as in a stream of Google. */
function signedWordsOf({ text = '', textSignature }: Extract<Answer, { kind: 'tool-calls' }>) {
  const words: { text: string; thoughtSignature?: string }[] = wordsOf(text).map((word) => ({
    text: word,
  }))
  if (textSignature !== undefined) words.push({ text: '', thoughtSignature: textSignature })
  return words
}
