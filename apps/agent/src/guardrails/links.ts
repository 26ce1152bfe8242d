import { checkText, type GuardrailRule, type OpenText, openText } from '@dure/kernel'
import { Value } from 'typebox/value'
import type { AgentDefinition } from '../agents/definition.ts'
import type { ModelDelta } from '../models/model-call.ts'
import { rulesFor } from './guard.ts'

/**
 * The rules of an agent as they hold in one step: links may also lead where its tools may go, and what was led by outsiders
 * hands over no others, unless its author has said what becomes of links.
 */
export function rulesInForce(
  { guardrails, tools }: Pick<AgentDefinition, 'guardrails' | 'tools'>,
  { isTainted }: { readonly isTainted: boolean },
): readonly GuardrailRule[] {
  const own = tools.flatMap(({ config }) => (Array.isArray(config?.hosts) ? config.hosts : []))
  const rules = guardrails.map((rule): GuardrailRule => {
    if (rule.check !== 'links') return rule
    const hosts = Array.isArray(rule.config?.hosts) ? rule.config.hosts : []
    return { ...rule, config: { ...rule.config, hosts: [...hosts, ...own] } }
  })
  const isSaid = rulesFor('output', rules).some(({ check }) => check === 'links')
  if (!isTainted || isSaid) return rules
  return [...rules, { check: 'links', action: 'redact', on: 'output', config: { hosts: own } }]
}

/** What may be heard of an answer before it is whole. */
export interface Heard {
  write(delta: ModelDelta): void
  /** What was held back of it, when it is whole and may be heard. */
  flush(): void
}

/**
 * Where links are all that is redacted, an answer is heard but for what may yet become one. Where there are other rules, nothing
 * is: what is guarded is whole. So it is with arguments of tools.
 */
export function heardBy(tell: (delta: ModelDelta) => void, all: readonly GuardrailRule[]): Heard {
  const isFlagged = ({ action }: GuardrailRule) => action === 'flag'
  const passesArguments = rulesFor('tool-arguments', all).every(isFlagged)
  const write = (delta: ModelDelta) => {
    if (delta.type !== 'tool-input' || passesArguments) tell(delta)
  }
  const rules = rulesFor('output', all)
  if (rules.length === 0) return { write, flush() {} }
  const isOpen = rules.every(({ check, action }) => check === 'links' && action !== 'block')
  if (!isOpen) return { write() {}, flush() {} }
  let held = new Map<'text' | 'reasoning', OpenText>()

  function say(type: 'text' | 'reasoning', text: string): void {
    if (text !== '') tell({ type, text: checkText(text, rules, Value.Check).text })
  }

  return {
    write(delta) {
      if (delta.type === 'restart') held = new Map()
      if (delta.type !== 'text' && delta.type !== 'reasoning') return write(delta)
      const open = held.get(delta.type) ?? openText()
      held.set(delta.type, open)
      say(delta.type, open.add(delta.text))
    },
    flush() {
      for (const [type, open] of held) say(type, open.rest())
      held = new Map()
    },
  }
}
