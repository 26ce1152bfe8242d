import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { beforeAll, expect, test } from 'vitest'
import {
  agentAnswerQueue,
  agentControlQueue,
  agentExecutionsQueue,
  agentQuestionQueue,
  agentQueue,
  agentToolAnswersQueue,
  analyticsQueue,
  evaluationQueue,
  ingestionQueue,
  knowledgeQueue,
  moneyAnswerQueue,
  moneyQueue,
  type QueueContract,
  workAnswerQueue,
  workflowQueue,
  workflowToolQueue,
  workQuestionQueue,
} from './index.ts'
import {
  canonicalSchema,
  goldenFiles,
  isWriting,
  readGolden,
  writeGolden,
} from './testing/golden.ts'

/** A message as a release sent it, and what that release took. */
interface GoldenMessage {
  readonly schema?: TSchema
  readonly payload: unknown
}

const GROUP = 'messages'
const QUEUES: readonly QueueContract[] = [
  agentAnswerQueue,
  agentControlQueue,
  agentExecutionsQueue,
  agentQuestionQueue,
  agentQueue,
  agentToolAnswersQueue,
  analyticsQueue,
  evaluationQueue,
  ingestionQueue,
  knowledgeQueue,
  moneyAnswerQueue,
  moneyQueue,
  workAnswerQueue,
  workflowQueue,
  workflowToolQueue,
  workQuestionQueue,
]
const MESSAGES = QUEUES.flatMap((queue) =>
  Object.entries(queue.messages).map(([message, { payload }]) => {
    const name = `${queue.name}.${message}`
    const released = goldenFiles(GROUP)
      .filter((file) => file.name === name)
      .sort((one, other) => one.version - other.version)
    return { name, payload, paths: released.map(({ path }) => path) }
  }),
)
type Message = (typeof MESSAGES)[number]

const golden = ({ paths }: Message) => paths.map((path) => readGolden<GoldenMessage>(GROUP, path))
const problemsOf = (schema: TSchema, payload: unknown) =>
  Value.Errors(schema, payload).map(({ instancePath, message }) => `${instancePath} ${message}`)

beforeAll(() => {
  if (!isWriting) return
  for (const { payload: schema, paths } of MESSAGES) {
    const newest = paths.at(-1)
    if (!newest) continue
    const { schema: known, payload } = readGolden<GoldenMessage>(GROUP, newest)
    if (!known) writeGolden(GROUP, newest, { schema: canonicalSchema(schema), payload })
  }
})

test.each(MESSAGES)('what $name takes has a golden message', (message) => {
  const newest = golden(message).at(-1)
  expect(newest?.schema, `The contract of ${message.name} has changed. ${HOW_TO}`).toEqual(
    canonicalSchema(message.payload),
  )
})

test.each(MESSAGES)('$name, sent by an older build, is understood', (message) => {
  for (const { payload } of golden(message)) {
    expect(problemsOf(message.payload, payload)).toEqual([])
  }
})

test.each(MESSAGES)('$name, sent by this build, is understood by an older one', (message) => {
  const all = golden(message)
  for (const { schema } of all) {
    expect(problemsOf(schema as TSchema, all.at(-1)?.payload)).toEqual([])
  }
})

test.each(MESSAGES)('$name may have fields that its reader does not know', (message) => {
  for (const { payload } of golden(message)) {
    expect(problemsOf(message.payload, withMore(payload))).toEqual([])
  }
  expect(JSON.stringify(message.payload)).not.toContain('"additionalProperties":false')
})

/** Something from a later release, in every object. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, inner]) => [name, withMore(inner)] as const)
  return { ...Object.fromEntries(fields), fromALaterRelease: 'x' }
}

test('there is no golden message of anything else', () => {
  const known = MESSAGES.map(({ name }) => name)
  expect(goldenFiles(GROUP).filter(({ name }) => !known.includes(name))).toEqual([])
})

const HOW_TO = `Old and new processes run side by side: add optional fields only, in one release, and use
them in the next one. Then add golden/messages/<queue>.<message>.v<next>.json with an example,
{"payload": …}, and run: GOLDEN=write npm test -- --project @dure/contracts golden`
