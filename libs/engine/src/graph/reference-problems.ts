import type { ErrorCode, FieldProblem } from '@dure/kernel'
import { inputSchemaOf, type KnownTypes, typeFindings } from './expression-types.ts'
import { type Usage, usageOf } from './expression-usage.ts'
import type { FoundExpression } from './node-problems.ts'
import type { Findings } from './policy-problems.ts'
import type { Region } from './regions.ts'
import { isSchema, type Schema } from './schema-types.ts'
import type { Layout } from './structure.ts'
import type { Subject } from './subjects.ts'

/** They go through a list by themselves, and their expressions see one item after the other. */
const WITH_ITEMS = new Set(['loop', 'filter', 'sort', 'aggregate', 'transform'])

const LOOP: Schema = {
  type: 'object',
  properties: { index: { type: 'integer' }, item: {}, last: {} },
}

/** What is wrong with what the expressions of a workflow name, and with what they do to it. */
export function inspectReferences(layouts: readonly Layout[]): Findings {
  const problems: FieldProblem[] = []
  const warnings: FieldProblem[] = []
  const layoutOf = new Map(layouts.map((layout) => [layout.region, layout]))
  const types = knownTypes(layouts)

  for (const { subjects } of layouts) {
    for (const subject of subjects) for (const found of subject.expressions) inspect(subject, found)
  }
  return { problems, warnings }

  function inspect(subject: Subject, { pointer, source }: FoundExpression): void {
    const usage = usageOf(source)
    const report = (list: FieldProblem[], code: ErrorCode, message: string) =>
      list.push({ pointer, code, message })

    for (const [id, { isOptional }] of usage.nodes) {
      const seen = visibility(subject, id, layoutOf)
      if (seen === 'unseen') {
        const message = `names the node ${id}, which does not come before this one`
        report(problems, 'expression.unresolved-reference', message)
      } else if (seen === 'maybe' && !isOptional) {
        const message = `names the node ${id}, which does not run on every way to this one: write \`nodes.?${id}\` and say what to take instead, as in \`.orValue("")\``
        report(warnings, 'expression.maybe-absent', message)
      }
    }
    for (const name of outOfPlace(usage, subject, pointer)) {
      report(problems, 'expression.unknown-variable', name)
    }
    const { mismatches, excluded } = typeFindings(usage.tree, types)
    for (const message of mismatches) report(problems, 'expression.type-mismatch', message)
    for (const message of excluded) report(warnings, 'expression.unknown-property', message)
  }
}

/** Inside of a body, the nodes before it are those of the body, and all before what contains it. */
function visibility(
  { node, region }: Subject,
  id: string,
  layoutOf: ReadonlyMap<Region, Layout>,
): 'certain' | 'maybe' | 'unseen' {
  let at: string = node.id
  for (let inside: Region | undefined = region; inside; ) {
    const flow = layoutOf.get(inside)?.flow
    // On a cycle, which is a problem of its own, nothing is said about what is certain.
    if (flow?.precedes(id, at)) return flow.hasCycle || flow.isCertain(id, at) ? 'certain' : 'maybe'
    at = inside.container?.node.id ?? ''
    inside = inside.container?.region
  }
  return 'unseen'
}

function outOfPlace(usage: Usage, { node, region }: Subject, pointer: string): string[] {
  const found: string[] = []
  if (usage.usesLoop && !WITH_ITEMS.has(node.type) && !isRepeated(region)) {
    found.push('names `loop`, which there is only inside of a `loop` or `map`')
  }
  if (usage.usesResponse && !pointer.endsWith('/policy/verify/when')) {
    found.push('names `response`, which there is only in `policy.verify.when`')
  }
  return found
}

function isRepeated({ container, part }: Region): boolean {
  if (!container) return false
  const isIteration = part === 'body' && container.node.type !== 'try'
  return isIteration || isRepeated(container.region)
}

function knownTypes(layouts: readonly Layout[]): KnownTypes {
  const subjects = layouts.flatMap((layout) => layout.subjects)
  const byId = new Map<string, Subject>(subjects.map((subject) => [subject.node.id, subject]))
  const start = subjects.find(({ node }) => node.type === 'start')
  const input = inputSchemaOf(start?.config)
  return {
    root: (name) => (name === 'input' ? input : name === 'loop' ? LOOP : undefined),
    data(nodeId) {
      const subject = byId.get(nodeId)
      if (!subject || subject === start) return subject && input
      const onError = subject.node.policy?.onError ?? 'fail'
      // After a failure that is dealt with, its data is something else.
      if (onError !== 'fail') return undefined
      const output: unknown = subject.nodeType?.output
      return isSchema(output) ? output : undefined
    },
  }
}
