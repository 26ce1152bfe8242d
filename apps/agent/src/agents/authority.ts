import type { ToolGrant } from '../tools/tool.ts'

/** From what asks least to what asks most. Undefined: as the tool itself has it, at least as the policy. */
const APPROVALS = ['never', 'policy', undefined, 'always'] as const

/**
 * What somebody may do who acts on behalf of others: what every one of them may do. A tool that one of them lacks is
 * gone; of approvals the strictest counts; arguments must be within the constraints of all; lists of what may be
 * reached, such as hosts and knowledge bases, are cut to what is in all. A grant whose settings contradict each other
 * is no grant.
 */
export function intersectionOf(all: readonly (readonly ToolGrant[])[]): ToolGrant[] {
  const [first = [], ...others] = all
  return others.reduce<ToolGrant[]>(
    (left, right) => left.flatMap((grant) => inBoth(grant, right)),
    [...first],
  )
}

function inBoth(grant: ToolGrant, others: readonly ToolGrant[]): ToolGrant[] {
  const other = others.find(({ tool }) => tool === grant.tool)
  if (other === undefined) return []
  const config = configOfBoth(grant.config ?? {}, other.config ?? {})
  if (config === undefined) return []
  const constraints = [grant.constraints, other.constraints].filter((one) => one !== undefined)
  return [
    {
      tool: grant.tool,
      ...approvalOf(stricter(grant.approval, other.approval)),
      ...(Object.keys(config).length > 0 && { config }),
      ...(constraints.length > 0 && { constraints: { allOf: constraints } }),
    },
  ]
}

function stricter(one: ToolGrant['approval'], other: ToolGrant['approval']): ToolGrant['approval'] {
  return APPROVALS.indexOf(one) > APPROVALS.indexOf(other) ? one : other
}

function approvalOf(approval: ToolGrant['approval']): Pick<ToolGrant, 'approval'> {
  return approval === undefined ? {} : { approval }
}

type Config = Readonly<Record<string, unknown>>

/** A setting that only one of them has narrows what the tool may do, and stays. */
function configOfBoth(one: Config, other: Config): Config | undefined {
  const both: Record<string, unknown> = { ...one, ...other }
  for (const key of Object.keys(one)) {
    if (!Object.hasOwn(other, key) || isSame(one[key], other[key])) continue
    const shared = sharedOf(one[key], other[key])
    if (shared === undefined) return undefined
    both[key] = shared
  }
  return both
}

function sharedOf(one: unknown, other: unknown): unknown[] | undefined {
  if (!Array.isArray(one) || !Array.isArray(other)) return undefined
  const shared = one.filter((item) => other.some((another) => isSame(item, another)))
  return shared.length === 0 ? undefined : shared
}

/** Written differently, they count as different: that takes away, and never gives. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
