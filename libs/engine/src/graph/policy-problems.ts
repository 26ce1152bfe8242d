import type { ErrorCode, FieldProblem } from '@dure/kernel'
import type { NodePolicy } from './graph.ts'
import type { Subject } from './subjects.ts'

export interface Findings {
  readonly problems: readonly FieldProblem[]
  readonly warnings: readonly FieldProblem[]
}

/** What of a policy contradicts itself, or is dangerous. */
export function inspectPolicyRules(subject: Subject): Findings {
  const { node, pointer } = subject
  const { policy } = node
  if (!policy) return { problems: [], warnings: [] }
  const at = `${pointer}/policy`
  const isWrite = effectOf(subject) === 'write'
  const problems = [...defaultProblems(policy, at), ...verifyProblems(policy, at)]
  if (policy.cache && isWrite) {
    const message = 'keeps the result of a write, which then would happen only the first time'
    problems.push(problem(`${at}/cache`, 'policy.cache-on-write', message))
  }
  return { problems, warnings: isWrite ? repeatedWrites(subject, policy, at) : [] }
}

/** What executing it does to the world: by its policy, or by its type. */
function effectOf({ node, nodeType, config }: Subject): 'pure' | 'read' | 'write' {
  if (node.policy?.effect) return node.policy.effect
  if (nodeType?.kind === 'in-place') return nodeType.effect
  return nodeType?.kind === 'task' && config ? nodeType.effect(config) : 'pure'
}

function problem(pointer: string, code: ErrorCode, message: string): FieldProblem {
  return { pointer, code, message }
}

function defaultProblems(policy: NodePolicy, at: string): FieldProblem[] {
  const hasDefault = Object.hasOwn(policy, 'default')
  if (policy.onError === 'default') {
    if (hasDefault) return []
    const message = 'is missing: with `onError: default`, it is the data of the node'
    return [problem(`${at}/default`, 'policy.default-missing', message)]
  }
  if (!hasDefault) return []
  const message = 'is never used: only `onError: default` asks for it'
  return [problem(`${at}/default`, 'policy.default-unused', message)]
}

function verifyProblems(policy: NodePolicy, at: string): FieldProblem[] {
  if (policy.onUnknownOutcome === 'verify') {
    if (policy.verify) return []
    const message = 'is missing: with `onUnknownOutcome: verify`, it says how'
    return [problem(`${at}/verify`, 'policy.verify-missing', message)]
  }
  if (!policy.verify) return []
  const message = 'is never used: only `onUnknownOutcome: verify` asks for it'
  return [problem(`${at}/verify`, 'policy.verify-unused', message)]
}

/** The receiver tells a repetition from a second order only by its Idempotency-Key. */
function repeatedWrites({ nodeType, config }: Subject, policy: NodePolicy, at: string) {
  const isIdempotent =
    nodeType?.kind === 'in-place' ||
    (nodeType?.kind === 'task' && config !== undefined && nodeType.idempotent?.(config) === true)
  if (isIdempotent) return []
  const ways = [
    ...((policy.retry?.maxAttempts ?? 1) > 1 ? ['retry'] : []),
    ...(policy.onUnknownOutcome === 'retry' ? ['onUnknownOutcome'] : []),
  ]
  const message = 'may do the same write twice: the node is not declared idempotent'
  return ways.map((way) => problem(`${at}/${way}`, 'policy.write-retry', message))
}
