import { misfits, normalised, told } from './json-schema.ts'
import type { BoundTool } from './tool.ts'

export type Verdict =
  | { readonly verdict: 'allowed' }
  | { readonly verdict: 'needs-approval'; readonly reason: string }
  | { readonly verdict: 'forbidden'; readonly code: string; readonly reason: string }

export interface Judged {
  readonly tool: Pick<
    BoundTool,
    'name' | 'inputSchema' | 'grant' | 'effect' | 'reach' | 'idempotent' | 'defaultApproval'
  >
  readonly input: unknown
  /** The model has read what somebody outside has written: what it asks for may be their wish. */
  readonly isTainted: boolean
  /** A person has allowed this very call: this tool, by its hash, with these arguments. */
  readonly isApproved: boolean
}

/** What the arguments of one call may take up, as JSON. */
export const MAX_ARGUMENTS = 65_536

const ALLOWED: Verdict = { verdict: 'allowed' }

/**
 * Whether a call may go ahead. The model is assumed to be hostile: what it says of a call counts for
 * nothing. Reasons are told to it, so that an honest one can do better. An approval never widens what
 * the grant and the schema allow.
 */
export function judge({ tool, input, isTainted, isApproved }: Judged): Verdict {
  const refused = argumentsRefused(tool, input)
  if (refused) return refused
  if (isApproved) return ALLOWED
  const { approval = tool.defaultApproval ?? 'policy' } = tool.grant
  if (approval === 'always') return needsApproval(`${tool.name} needs an approval each time`)
  if (!isTainted || !carriesOut(tool)) return ALLOWED
  const why = `${tool.name} ${tool.effect === 'write' ? 'writes' : 'may send data anywhere'}, and content from outside was read before`
  if (approval === 'policy') return needsApproval(why)
  return forbidden('tool.tainted', `${why}: this agent may not ask anybody for an approval`)
}

/** What keeps the arguments from the tool, whoever wants them: also checked right before it is executed. */
export function argumentsRefused(
  { name, inputSchema, grant }: Pick<BoundTool, 'name' | 'inputSchema' | 'grant'>,
  input: unknown,
): Extract<Verdict, { readonly verdict: 'forbidden' }> | undefined {
  const problems = misfits(normalised(inputSchema).schema, input)
  if (problems.length > 0) {
    return forbidden(
      'tool.invalid-arguments',
      `The arguments of ${name} do not fit: ${told(problems)}`,
    )
  }
  const { length: characters } = JSON.stringify(input) ?? ''
  if (characters > MAX_ARGUMENTS) return argumentsTooLarge(name, characters)
  return constraintsBroken(name, grant.constraints, input)
}

export function argumentsTooLarge(name: string, characters: number) {
  const reason = `The arguments of ${name} have ${characters} characters, and at most ${MAX_ARGUMENTS} are taken in a call: send less, or send it in parts`
  return forbidden('tool.arguments-too-large', reason)
}

function constraintsBroken(
  name: string,
  constraints: BoundTool['grant']['constraints'],
  input: unknown,
): Extract<Verdict, { readonly verdict: 'forbidden' }> | undefined {
  if (constraints === undefined) return undefined
  const { schema, problems } = normalised(constraints)
  if (problems.length > 0) {
    const reason = `The constraints of ${name} cannot be checked: ${told(problems)}`
    return forbidden('tool.invalid-constraints', reason)
  }
  const broken = misfits(schema, input)
  if (broken.length === 0) return undefined
  return forbidden(
    'tool.constraint-broken',
    `This agent may not call ${name} with these arguments: ${told(broken)}`,
  )
}

/** Whether a call can take something out of the conversation to where others see it, or change something there. */
function carriesOut({ effect, reach }: Pick<BoundTool, 'effect' | 'reach'>): boolean {
  return (effect === 'write' && reach !== 'own') || (effect === 'read' && reach === 'open')
}

/** The verdict on a tool that the agent was not given, whether or not it exists. */
export function unknownTool(name: string, known: readonly { readonly name: string }[]): Verdict {
  const names = known.map((tool) => tool.name).slice(0, 50)
  const shown = JSON.stringify(name.slice(0, 100))
  const others = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`
  return forbidden('tool.unknown', `There is no tool ${shown}: ${others}`)
}

function needsApproval(reason: string): Verdict {
  return { verdict: 'needs-approval', reason }
}

function forbidden(code: string, reason: string) {
  return { verdict: 'forbidden', code, reason } as const
}
