import { compileSchemas } from './openapi/schemas.ts'
import { HOOK } from './prepare/outside.ts'
import type { World } from './world.ts'

export interface ToldReport {
  /** Types of events of which something has come. */
  readonly types: ReadonlySet<string>
  readonly findings: readonly string[]
}

/** Whether what was delivered so far is what the document says of webhooks: the body and the headers. */
export function toldSoFar({ outside, document }: World): ToldReport {
  const { problemsOf } = compileSchemas(document)
  const types = new Set<string>()
  const findings = new Set<string>()
  for (const { path, body, headers } of outside.requests) {
    const type = path === HOOK ? typeIn(body) : undefined
    if (type === undefined) continue
    types.add(type)
    const { post } = document.webhooks?.[type] ?? {}
    if (!post) findings.add(`${type} is not described`)
    const schema = post?.requestBody?.content['application/json']?.schema ?? {}
    for (const problem of problemsOf(schema, JSON.parse(body))) findings.add(`${type}: ${problem}`)
    for (const { name, schema: ofHeader = {} } of post?.parameters ?? []) {
      for (const problem of problemsOf(ofHeader, headers[name])) {
        findings.add(`${type} ${name}: ${problem}`)
      }
    }
  }
  return { types, findings: [...findings] }
}

/** Requests of `http` nodes and of tools come to the same address: they have no type, nor need they be JSON. */
function typeIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { readonly type?: string } | null)?.type
  } catch {
    return undefined
  }
}
