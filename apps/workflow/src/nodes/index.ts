import { condition } from './condition.ts'
import type { NodeType } from './define.ts'
import { end } from './end.ts'
import { http } from './http.ts'
import { llm } from './llm.ts'
import { retrieve } from './retrieve.ts'
import { start } from './start.ts'
import { template } from './template.ts'

/** Every node type there is. To add one: a file beside this one, and its line here. */
const ALL: readonly NodeType[] = [condition, end, http, llm, retrieve, start, template]

export const nodeTypes: ReadonlyMap<string, NodeType> = new Map(
  ALL.map((nodeType) => [nodeType.type, nodeType]),
)
