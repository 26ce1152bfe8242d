import { agentQueue, CheckedText, CheckText, outgoing } from '@dure/contracts'
import { checkText, EXPRESSION_NAME, MAX_PATTERN, PII_KINDS } from '@dure/kernel'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { renderText } from '../expressions/template.ts'
import { OutputSchema } from './code.ts'
import { definePureNode, defineTaskNode, type NodeType, Template } from './define.ts'

const Action = Type.Enum(['block', 'redact', 'flag'], {
  default: 'block',
  description:
    '`block`: goes on by the port `block`; `redact`: the text has `[kind]` in its place; `flag`: it is only in the findings',
})

const PersonalData = Type.Object(
  {
    check: Type.Literal('pii'),
    action: Action,
    config: Type.Optional(
      Type.Object(
        {
          kinds: Type.Optional(
            Type.Array(Type.Enum(PII_KINDS), {
              minItems: 1,
              maxItems: PII_KINDS.length,
              description: 'Absent: all but `ip-address`',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

const Injection = Type.Object(
  {
    check: Type.Literal('injection'),
    action: Action,
    config: Type.Optional(
      Type.Object(
        {
          threshold: Type.Number({
            ...{ minimum: 0.1, maximum: 10, default: 0.8 },
            description:
              'Each kind of sign has a weight from 0.5 to 1; from this sum on, all count',
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

const Links = Type.Object(
  {
    check: Type.Literal('links'),
    action: Action,
    config: Type.Optional(
      Type.Object(
        {
          hosts: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
            ...{ maxItems: 200, examples: [['docs.example.com']] },
            description: 'Where links and pictures may lead; absent: nowhere else',
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

const Schema = Type.Object(
  {
    check: Type.Literal('schema'),
    action: Type.Enum(['block', 'flag'], { default: 'block' }),
    config: Type.Object({ schema: OutputSchema }, { additionalProperties: false }),
  },
  { additionalProperties: false },
)

const Expression = Type.Object(
  {
    check: Type.Literal('regex'),
    action: Action,
    config: Type.Object(
      {
        pattern: Type.String({
          ...{ minLength: 1, maxLength: MAX_PATTERN },
          description:
            'As in JavaScript with the flag `u`, without references to groups and without looking around: searched in linear time',
          examples: ['sk-[A-Za-z0-9]{20,}'],
        }),
        ignoreCase: Type.Boolean({ default: false }),
        name: Type.Optional(
          Type.String({
            pattern: EXPRESSION_NAME,
            description: 'The kind of its findings; absent: `regex`',
          }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

const Moderation = Type.Object(
  {
    check: Type.Literal('moderation'),
    action: Type.Enum(['block', 'flag'], { default: 'block' }),
    config: Type.Optional(
      Type.Object(
        {
          categories: Type.Optional(
            Type.Record(Type.String({ maxLength: 100 }), Type.Number({ minimum: 0, maximum: 1 }), {
              maxProperties: 50,
              description:
                'Thresholds by category, such as { "hate": 0.4 }; absent: what the model itself flags',
            }),
          ),
          onUnavailable: Type.Enum(['fail', 'pass'], {
            default: 'fail',
            description: 'What becomes of a text when nobody answers who could moderate it',
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

const MAX_FINDINGS = 200

/** Somebody else has to be asked: all rules are then checked there. */
const moderated: NodeType = defineTaskNode({
  type: 'guardrail',
  title: 'Guardrail',
  description: 'Asks a model that moderates, and checks the other rules',
  ports: ['pass', 'block'],
  effect: () => 'read',
  portOf: (output) => (Object(output).blocked === true ? 'block' : 'pass'),
  defaultTimeoutMs: 60_000,
  output: CheckedText,
  config: Type.Object({ text: Type.String(), rules: CheckText.properties.rules }),
  message: ({ text, rules }, scope, task, caller) =>
    outgoing(agentQueue, 'task.check-text', {
      task,
      input: { text: renderText(text, scope), rules },
      ...(caller && { caller }),
    }),
})

export const guardrail = definePureNode({
  type: 'guardrail',
  title: 'Guardrail',
  description:
    'Looks for personal data, injections, links and expressions of yours in a text, or whether it is JSON of a schema; goes on by `pass` or `block`, its data is { text, findings, count }',
  ports: ['pass', 'block'],
  output: CheckedText,
  variant: ({ rules }) =>
    rules.some(({ check }) => check === 'moderation') ? moderated : undefined,
  config: Type.Object(
    {
      text: Template('what is looked at', 100_000),
      rules: Type.Array(
        Type.Union([PersonalData, Injection, Links, Schema, Expression, Moderation]),
        {
          minItems: 1,
          maxItems: 20,
        },
      ),
    },
    { additionalProperties: false },
  ),
  evaluate({ text, rules }, scope) {
    const wanted = rules.map((rule) => ({ ...rule, on: 'both' as const }))
    const checked = checkText(renderText(text, scope), wanted, Value.Check)
    const data = {
      text: checked.text,
      findings: checked.findings.slice(0, MAX_FINDINGS),
      count: checked.findings.length,
    }
    return { port: checked.blocked ? 'block' : 'pass', data }
  },
})
