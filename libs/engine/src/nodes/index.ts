import { agent } from './agent.ts'
import { aggregate } from './aggregate.ts'
import { answer } from './answer.ts'
import { approval } from './approval.ts'
import { code } from './code.ts'
import { condition } from './condition.ts'
import type { NodeType } from './define.ts'
import { delay } from './delay.ts'
import { echo } from './echo.ts'
import { end } from './end.ts'
import { emitEvent, waitEvent } from './event.ts'
import { filter } from './filter.ts'
import { guardrail } from './guardrail.ts'
import { http } from './http.ts'
import { join } from './join.ts'
import { llm } from './llm.ts'
import { breakNode, continueNode, loop } from './loop.ts'
import { map } from './map.ts'
import { memoryRead, memoryWrite } from './memory.ts'
import { merge } from './merge.ts'
import { multiAgent } from './multi-agent.ts'
import { note } from './note.ts'
import { parallel } from './parallel.ts'
import { respond } from './respond.ts'
import { retrieve } from './retrieve.ts'
import { setVariable } from './set-variable.ts'
import { sort } from './sort.ts'
import { start } from './start.ts'
import { subworkflow } from './subworkflow.ts'
import { switchNode } from './switch.ts'
import { template } from './template.ts'
import { transform } from './transform.ts'
import { tryNode } from './try.ts'

/** Every node type there is. To add one: a file beside this one, and its line here. */
const ALL: readonly NodeType[] = [
  agent,
  aggregate,
  answer,
  approval,
  breakNode,
  code,
  condition,
  continueNode,
  delay,
  echo,
  emitEvent,
  end,
  filter,
  guardrail,
  http,
  join,
  llm,
  loop,
  map,
  memoryRead,
  memoryWrite,
  merge,
  multiAgent,
  note,
  parallel,
  respond,
  retrieve,
  setVariable,
  sort,
  start,
  subworkflow,
  switchNode,
  template,
  transform,
  tryNode,
  waitEvent,
]

export const nodeTypes: ReadonlyMap<string, NodeType> = new Map(
  ALL.map((nodeType) => [nodeType.type, nodeType]),
)
