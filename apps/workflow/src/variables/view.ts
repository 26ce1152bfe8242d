import { type Static, Type } from 'typebox'
import { VARIABLE_LIMITS, type Variable } from './variable.ts'

export const VariableId = Type.String({
  pattern: '^var_[0-9a-f]{32}$',
  examples: ['var_0198c0de4a7b7c3e9f10223344556677'],
})

/** As `set_variable` has it: expressions name both in the same way. */
const Name = Type.String({
  pattern: '^(?!(?:constructor|prototype)$)[a-z][a-z0-9_]{0,62}$',
  description: 'Expressions read it as `vars.<name>`',
  examples: ['support_email'],
})

const CONTENT = {
  value: Type.Unknown({
    description: `JSON, at most ${VARIABLE_LIMITS.bytes} bytes`,
    examples: ['help@example.com'],
  }),
  description: Type.Optional(Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$' })),
}

export const CreateVariable = Type.Object(
  { name: Name, ...CONTENT },
  { additionalProperties: false, $id: 'CreateVariable' },
)

export const UpdateVariable = Type.Object(CONTENT, {
  additionalProperties: false,
  $id: 'UpdateVariable',
})

export const VariableView = Type.Object(
  {
    id: VariableId,
    name: Name,
    value: Type.Unknown(),
    description: Type.String(),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Variable' },
)

export function viewVariable(variable: Variable): Static<typeof VariableView> {
  const { id, name, value, description, createdBy, createdAt, updatedAt } = variable
  return {
    ...{ id, name, value, description, createdBy },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
