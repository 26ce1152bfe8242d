import { type CheckedText, type CheckText, spenderOf } from '@dure/contracts'
import {
  checkText,
  DureError,
  findModerated,
  type GuardrailRule,
  passesUnmoderated,
} from '@dure/kernel'
import { Value } from 'typebox/value'
import type { Executor, Work } from '../tasks/task.ts'
import type { Moderator } from './moderator.ts'

const MAX_FINDINGS = 200
const NOBODY = { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 }

/** Executes `guardrail` nodes that moderate; the other rules are checked with it. */
export function createTextChecker(moderator: Moderator): Executor<CheckText> {
  return {
    isRepeatable: () => true,

    async execute(work) {
      const { text, rules } = work.input
      const all = rules.map((rule): GuardrailRule => ({ ...rule, on: 'both' }))
      const moderating = all.filter(({ check }) => check === 'moderation')
      const others = all.filter(({ check }) => check !== 'moderation')
      const checked = checkText(text, others, Value.Check)
      const { found, usage } = await moderate(moderator, work, moderating)
      const findings = [...found, ...checked.findings]
      const output: CheckedText = {
        text: checked.text,
        findings: findings.slice(0, MAX_FINDINGS),
        count: findings.length,
        blocked: findings.some(({ action }) => action === 'block'),
      }
      return { output, usage, fact: { type: 'model.called', usage, finishReason: 'stop' } }
    },

    failed: (_input, code) => ({ type: 'model.call-failed', model: '', code }),
  }
}

async function moderate(
  moderator: Moderator,
  { task, input: { text }, caller, signal }: Work<CheckText>,
  rules: readonly GuardrailRule[],
) {
  if (text.trim() === '') return { found: [], usage: NOBODY }
  try {
    const { usage, ...moderated } = await moderator.moderate({
      ...{ texts: [text], callKey: `${task.taskKey}#${task.attempt}/guard`, signal },
      payer: { tenant: task.tenant, ...spenderOf(caller, task) },
      kind: 'node',
      priority: 'interactive',
    })
    return { found: rules.flatMap((rule) => findModerated(rule, moderated, text.length)), usage }
  } catch (error) {
    const isDown = error instanceof DureError && error.code === 'moderation.unavailable'
    if (!isDown || !rules.every(passesUnmoderated)) throw error
    return { found: [], usage: NOBODY }
  }
}
