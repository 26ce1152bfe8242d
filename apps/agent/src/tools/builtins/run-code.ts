import { Type } from 'typebox'
import { ranCode, seedOf } from '../../code/service.ts'
import { defineBuiltin, PURE } from './builtin.ts'

/** 2026-01-01: code has no clock, so that the same call does the same whenever it is made. */
const NOW_MS = 1_767_225_600_000

export const runCode = defineBuiltin({
  name: 'run_code',
  description:
    'Runs JavaScript, the body of an async function, in a sandbox that reaches nothing and has no clock. `input` is what it gets; what it returns, as JSON, is the result.',
  input: Type.Object(
    {
      source: Type.String({
        ...{ minLength: 1, maxLength: 32_768 },
        examples: ['return input.values.toSorted((a, b) => a - b)'],
      }),
      input: Type.Optional(Type.Unknown()),
    },
    { additionalProperties: false },
  ),
  config: Type.Object({}, { additionalProperties: false }),
  traits: () => PURE,
  execute: ({ input: { source, input = null }, work, parts }) =>
    ranCode(
      parts.sandbox,
      { source, input },
      {
        ...{ tenant: work.tenant, timeoutMs: work.timeoutMs },
        ...{ seed: seedOf(work.callKey), nowMs: NOW_MS },
      },
    ),
})
