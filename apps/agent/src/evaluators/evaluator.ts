import type { EvaluatorId } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import type { CaseBody } from '../datasets/dataset.ts'

export const MAX_EVALUATORS = 200
/** Of an answer; what comes after it is not looked at. */
export const MAX_TEXT = 65_536

const only = { additionalProperties: false }
const ignoreCase = { ignoreCase: Type.Optional(Type.Boolean()) }
const Text = Type.String({ minLength: 1, maxLength: 10_000, pattern: '^[^\\u0000]+$' })
const Share = (options: { readonly default: number; readonly description: string }) =>
  Type.Number({ minimum: 0, maximum: 1, ...options })
const ModelName = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' })

const ExactConfig = Type.Object(
  {
    kind: Type.Literal('exact'),
    ...ignoreCase,
    ignoreSpace: Type.Optional(
      Type.Boolean({ description: 'However many spaces and lines there are' }),
    ),
  },
  { ...only, description: 'The answer is what the case expects' },
)

const ContainsConfig = Type.Object(
  {
    kind: Type.Literal('contains'),
    values: Type.Optional(
      Type.Array(Text, {
        minItems: 1,
        maxItems: 50,
        description: 'Absent: the text that the case expects',
      }),
    ),
    match: Type.Enum(['all', 'any'], { default: 'all' }),
    ...ignoreCase,
  },
  { ...only, description: 'The answer contains some texts' },
)

const RegexConfig = Type.Object(
  {
    kind: Type.Literal('regex'),
    pattern: Type.String({
      minLength: 1,
      maxLength: 1000,
      description:
        'As in JavaScript with the flag `u`, without references to groups and without looking around: searched in linear time',
      examples: ['\\d+일'],
    }),
    ...ignoreCase,
    isFound: Type.Boolean({ default: true, description: 'false: it must not be found' }),
  },
  { ...only, description: 'A regular expression is found in the answer, or is not' },
)

const JsonSchemaConfig = Type.Object(
  {
    kind: Type.Literal('json-schema'),
    schema: Type.Record(Type.String(), Type.Unknown(), {
      description: 'JSON Schema, without `pattern` and `$ref`',
      examples: [{ type: 'object', required: ['days'] }],
    }),
  },
  { ...only, description: 'The answer is JSON that meets a schema' },
)

const SimilarityConfig = Type.Object(
  {
    kind: Type.Literal('similarity'),
    model: Type.Optional(ModelName),
    passAt: Share({ default: 0.8, description: 'Cosine from which on a case has passed' }),
  },
  { ...only, description: 'The answer means what the case expects, by vectors of both' },
)

const JudgeConfig = Type.Object(
  {
    kind: Type.Literal('llm-judge'),
    rubric: Type.String({
      minLength: 1,
      maxLength: 20_000,
      pattern: '^[^\\u0000]+$',
      description: 'What a good answer is, and what it loses points for',
      examples: ['The answer names the days until a refund. Wrong days: 0. Impolite: at most 0.5.'],
    }),
    model: Type.Optional(ModelName),
    passAt: Share({ default: 0.7, description: 'Score from which on a case has passed' }),
  },
  { ...only, description: 'A model judges the answer by a rubric' },
)

const ToolCallsConfig = Type.Object(
  {
    kind: Type.Literal('tool-calls'),
    order: Type.Enum(['exact', 'in-order', 'any-order'], {
      default: 'in-order',
      description:
        '`exact`: the expected calls and no others; `in-order`: others may be between them; `any-order`: all of them, somewhen',
    }),
    arguments: Type.Enum(['exact', 'subset', 'ignore'], {
      default: 'subset',
      description: '`subset`: a call may have more arguments than are expected',
    }),
    atMost: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1000, description: 'Calls of all tools together' }),
    ),
  },
  { ...only, description: 'The agent called the tools that the case expects' },
)

export const EvaluatorConfig = Type.Union(
  [
    ExactConfig,
    ContainsConfig,
    RegexConfig,
    JsonSchemaConfig,
    SimilarityConfig,
    JudgeConfig,
    ToolCallsConfig,
  ],
  { $id: 'EvaluatorConfig' },
)
export type EvaluatorConfig = Static<typeof EvaluatorConfig>
export type ConfigOf<Kind extends EvaluatorConfig['kind']> = Extract<
  EvaluatorConfig,
  { kind: Kind }
>
/** Those that need nobody else. */
export type PureConfig = Exclude<EvaluatorConfig, { kind: 'similarity' | 'llm-judge' }>

export interface Evaluator {
  readonly id: EvaluatorId
  /** Unique in its project. */
  readonly name: string
  readonly config: EvaluatorConfig
  /** Rises with each change. */
  readonly revision: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface ToolCallMade {
  readonly name: string
  readonly arguments: unknown
}

/** What an agent made of a case. */
export interface Answer {
  /** Text, or what its output schema says. */
  readonly output: unknown
  readonly toolCalls: readonly ToolCallMade[]
}

export interface Asked {
  readonly of: CaseBody
  readonly answer: Answer
}

export interface Score {
  /** From 0 to 1. */
  readonly score: number
  readonly passed: boolean
  /** One sentence for people. */
  readonly reason: string
}

/** The operator's to mend: trying again changes nothing. */
export function notPossible(why: string): ConflictError {
  return new ConflictError('evaluator.not-possible', why)
}

export function evaluatorNotFound(): NotFoundError {
  return new NotFoundError('evaluator.not-found', 'There is no such evaluator')
}

export function evaluatorNameTaken(name: string): ConflictError {
  const detail = `The project has an evaluator ${name} already: edit that one, or take another name`
  return new ConflictError('evaluator.name-taken', detail)
}

export function tooManyEvaluators(): ConflictError {
  const detail = `A project has at most ${MAX_EVALUATORS} evaluators: delete one that nothing uses`
  return new ConflictError('evaluator.too-many', detail)
}

export function evaluatorChanged(): ConflictError {
  return new ConflictError(
    'evaluator.changed',
    'Somebody else has changed it meanwhile: get it again, and repeat the change if it still makes sense',
  )
}
