import type { FieldProblem } from '../errors.ts'
import type { Steps } from '../regex/regex.ts'
import { findExpression, regexProblem } from './expression.ts'
import { findInjections } from './injection.ts'
import { findLinks, linksProblem } from './links.ts'
import { moderationProblem } from './moderation.ts'
import { normalise, type Readable } from './normalise.ts'
import { findPersonalData, PII_KINDS, type PiiKind } from './personal-data.ts'

export type GuardrailAction = 'block' | 'redact' | 'flag'

/** What is looked for in a text, and what is done about it. */
export interface GuardrailRule {
  readonly check: 'pii' | 'injection' | 'links' | 'moderation' | 'schema' | 'regex'
  readonly action: GuardrailAction
  /** `both`: of what is said to a model and by it. What it hands to tools, and what they give back, has rules of its own. */
  readonly on: 'input' | 'output' | 'both' | 'tool-arguments' | 'tool-result'
  /** `pii`: `kinds`; `injection`: `threshold`; `links`: `hosts`; `schema`: `schema`; `regex`: `pattern`, `ignoreCase`, `name`; `moderation`: see there. */
  readonly config?: Readonly<Record<string, unknown>> | undefined
}

/** A place in a text, in UTF-16 code units of the text as it was given. */
export interface Found {
  readonly kind: string
  readonly start: number
  readonly end: number
}

export interface Finding extends Found {
  readonly check: GuardrailRule['check']
  readonly action: GuardrailAction
}

export interface Checked {
  /** With a `[kind]` for each finding that is to be redacted. */
  readonly text: string
  /** In the order of their places. */
  readonly findings: readonly Finding[]
  readonly blocked: boolean
}

/** Whether a value is as a JSON Schema wants it. */
export type MeetsSchema = (schema: Readonly<Record<string, unknown>>, value: unknown) => boolean

/** From which score on a text is taken for an injection, where a rule does not say. */
const INJECTION_THRESHOLD = 0.8
/** About a quarter of a second: so long an expression may keep a process that has others to serve. */
const MAX_STEPS = 5_000_000
const DEFAULT_KINDS = PII_KINDS.filter((kind) => kind !== 'ip-address')

/**
 * Looks at a text as it reads, not as it is written: full-width digits and characters that nobody sees do not hide anything.
 * The same each time, and in time linear in the text.
 *
 * @param rules that `guardrailProblems` finds nothing wrong with
 * @throws TypeError for a check that cannot be made here: nothing passes unchecked
 */
export function checkText(
  text: string,
  rules: readonly GuardrailRule[],
  meetsSchema: MeetsSchema,
): Checked {
  const readable = normalise(text)
  const steps = { left: MAX_STEPS }
  const findings = rules
    .flatMap(({ check, action, config = {} }) =>
      foundBy({ check, config, readable, steps, text, meetsSchema }).map((found) => ({
        ...found,
        check,
        action,
      })),
    )
    .sort((one, other) => one.start - other.start || other.end - one.end)
  return {
    text: redact(
      text,
      findings.filter(({ action }) => action === 'redact'),
    ),
    findings,
    blocked: findings.some(({ action }) => action === 'block'),
  }
}

interface Check {
  readonly check: GuardrailRule['check']
  readonly config: Readonly<Record<string, unknown>>
  readonly readable: Readable
  /** Of all expressions of one check together. */
  readonly steps: Steps
  readonly text: string
  readonly meetsSchema: MeetsSchema
}

function foundBy({ check, config, readable, steps, text, meetsSchema }: Check): Found[] {
  switch (check) {
    case 'pii':
      return findPersonalData(readable, kindsOf(config.kinds))
    case 'injection':
      return findInjections(readable, thresholdOf(config.threshold))
    case 'links':
      return findLinks(config, readable)
    case 'schema':
      return isMet(text, config.schema, meetsSchema)
        ? []
        : [{ kind: 'schema', start: 0, end: text.length }]
    case 'regex':
      return findExpression(config, { readable, steps, length: text.length })
    default:
      throw new TypeError(`The guardrail ${check} cannot be checked here`)
  }
}

function isMet(text: string, schema: unknown, meetsSchema: MeetsSchema): boolean {
  try {
    return isRecord(schema) && meetsSchema(schema, JSON.parse(text))
  } catch {
    return false
  }
}

function redact(text: string, findings: readonly Finding[]): string {
  let redacted = ''
  let at = 0
  for (const { kind, start, end } of findings) {
    if (start >= at) redacted += `${text.slice(at, start)}[${kind}]`
    at = Math.max(at, end)
  }
  return redacted + text.slice(at)
}

/** What is wrong with rules when they are written down. `at`: the pointer to the list of them. */
export function guardrailProblems(rules: readonly GuardrailRule[], at: string): FieldProblem[] {
  return rules.flatMap(({ check, action, on, config = {} }, index) => {
    const message = problemOf({ check, action, on, config })
    return message === undefined ? [] : [{ pointer: `${at}/${index}`, message }]
  })
}

function problemOf({
  check,
  action,
  on,
  config,
}: Pick<Check, 'check' | 'config'> & Pick<GuardrailRule, 'action' | 'on'>): string | undefined {
  switch (check) {
    case 'pii': {
      const kinds = config.kinds
      const isKnown = kinds === undefined || (Array.isArray(kinds) && kinds.every(isKind))
      return isKnown ? undefined : `has \`kinds\` other than ${PII_KINDS.join(', ')}`
    }
    case 'injection': {
      const threshold = config.threshold
      const isSet = typeof threshold === 'number' && threshold > 0 && threshold <= 10
      return threshold === undefined || isSet ? undefined : 'has a `threshold` that is not above 0'
    }
    case 'schema':
      if (!isRecord(config.schema)) return 'needs a `schema`'
      return action === 'redact' ? 'cannot redact: block, or flag' : undefined
    case 'links':
      return linksProblem(config)
    case 'moderation':
      if (on === 'tool-arguments' || on === 'tool-result') return 'cannot look at tools'
      return moderationProblem(config, action)
    case 'regex':
      return regexProblem(config)
  }
}

function kindsOf(kinds: unknown): readonly PiiKind[] {
  return Array.isArray(kinds) ? kinds.filter(isKind) : DEFAULT_KINDS
}

function isKind(kind: unknown): kind is PiiKind {
  return PII_KINDS.some((known) => known === kind)
}

function thresholdOf(threshold: unknown): number {
  return typeof threshold === 'number' ? threshold : INJECTION_THRESHOLD
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
