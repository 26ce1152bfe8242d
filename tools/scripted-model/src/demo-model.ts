import { type ModelRequest, textOf } from './completion.ts'
import { filledIn, schemaOf } from './demo-json.ts'
import { demoToolCalls, readResult, resultsOf } from './demo-tools.ts'
import { bestQuotes, isKorean, passagesOf, type Quote, questionOf } from './quote.ts'
import { type Reply, text, toolCalls } from './reply.ts'
import { type ModelServer, serveModel } from './server.ts'

export const DEMO_MODEL = 'demo'

export interface DemoModelOptions {
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly logged?: boolean
}

/**
 * Lets everything be tried out without a key and without a network. It has no knowledge and writes
 * no word of its own about the matter: it quotes the passages of the prompt, and says so.
 */
export async function startDemoModel(options: DemoModelOptions = {}): Promise<ModelServer> {
  return serveModel({
    ...options,
    models: [DEMO_MODEL],
    answer: demoReply,
  })
}

/** Asks for the tools that it knows how to use, once; else answers. */
export function demoReply(request: ModelRequest): Reply {
  const calls = demoToolCalls(request)
  if (calls.length > 0) return toolCalls(...calls)
  const answer = demoAnswer(request)
  const schema = schemaOf(request)
  return text(schema ? JSON.stringify(filledIn(schema, answer)) : answer)
}

/** Passages may stand in any message; the last message of the user holds the question. */
export function demoAnswer({ messages }: Pick<ModelRequest, 'messages'>): string {
  const results = resultsOf(messages).map(readResult)
  const values = results.flatMap(({ value }) => (value === '' ? [] : [value]))
  const passages = [...messages.map(textOf), ...results.map(({ context }) => context)].flatMap(
    passagesOf,
  )
  const lastOfUser = messages.findLast(({ role }) => role === 'user')
  const question = questionOf(lastOfUser ? textOf(lastOfUser) : '')
  const words = isKorean(question) ? KOREAN : ENGLISH
  if (passages.length === 0) {
    return values.length > 0 ? words.values(values) : words.nothingGiven
  }
  const quotes = bestQuotes(passages, question)
  return quotes.length === 0 ? words.nothingFits : words.answer(quotes)
}

const KOREAN = {
  answer: (quotes: readonly Quote[]) =>
    [
      '저는 데모 모델이라 직접 답을 쓰지 않고, 주어진 자료에서 질문과 가장 가까운 문장을 그대로 옮깁니다.',
      quotes.map(({ number, sentence }) => `“${sentence}” [${number}]`).join('\n'),
    ].join('\n\n'),
  values: (values: readonly string[]) =>
    `저는 데모 모델이라 도구가 돌려준 값을 그대로 옮깁니다: ${values.join(', ')}`,
  nothingFits: '저는 데모 모델입니다. 주어진 자료에서 질문과 겹치는 문장을 찾지 못했습니다.',
  nothingGiven:
    '저는 데모 모델입니다. 자료를 인용하기만 하는데, 이번 요청에는 인용할 자료가 없습니다. 실제 모델의 답을 받으려면 MODEL_BASE_URL을 설정하세요.',
}

const ENGLISH = {
  answer: (quotes: readonly Quote[]) =>
    [
      'I am a demo model: I write nothing of my own, I quote the sentences of the given passages that come closest to the question.',
      quotes.map(({ number, sentence }) => `“${sentence}” [${number}]`).join('\n'),
    ].join('\n\n'),
  values: (values: readonly string[]) =>
    `I am a demo model: I repeat what my tools gave back: ${values.join(', ')}`,
  nothingFits:
    'I am a demo model. No sentence of the given passages has anything in common with the question.',
  nothingGiven:
    'I am a demo model. All I do is quote passages, and this request has none to quote. For the answer of a real model, set MODEL_BASE_URL.',
}
