import type { Graph } from '@dure/engine'
import type { FieldProblem } from '@dure/kernel'
import type { Ranked } from '../templates/search.ts'
import {
  ANY_WORKFLOW,
  type NeededTrigger,
  schedule,
  type Template,
  type Wording,
  webhook,
} from '../templates/template.ts'
import type { Draft, ProposedTrigger } from './draft.ts'
import { hostsIn } from './draft-rules.ts'
import type { HelperUsage } from './usage.ts'

/** A workflow that is stored nowhere yet. */
export interface Drafted {
  /** What `POST /v1/workflows` takes. */
  readonly draft: { readonly name: string; readonly description: string; readonly graph: Graph }
  readonly explanation: string
  readonly triggers: readonly NeededTrigger[]
  readonly assumptions: readonly string[]
  readonly warnings: readonly FieldProblem[]
  readonly hosts: readonly string[]
  readonly source: 'model' | 'template'
  readonly templateId: string | null
  readonly attempts: number
  readonly usage: HelperUsage | null
}

const MAX_DESCRIPTION = 2000

export function draftedByModel(
  { name, explanation, assumptions, triggers, graph, warnings }: Draft,
  of: { readonly description: string; readonly attempts: number; readonly usage: HelperUsage },
): Drafted {
  return {
    draft: { name, description: of.description.slice(0, MAX_DESCRIPTION), graph },
    triggers: triggers.map((trigger) => neededTrigger(trigger, name)),
    ...{ explanation, assumptions, warnings, hosts: hostsIn(graph) },
    ...{ source: 'model', templateId: null, attempts: of.attempts, usage: of.usage },
  }
}

const PROPOSED: Wording = {
  ko: '초안이 제안하는 시작 방법입니다.',
  en: 'How the draft proposes to start it.',
}

function neededTrigger(trigger: ProposedTrigger, name: string): NeededTrigger {
  switch (trigger.kind) {
    case 'schedule': {
      const needed = schedule(name, trigger.cron, PROPOSED)
      return { ...needed, body: { ...needed.body, timeZone: trigger.timeZone } }
    }
    case 'webhook':
      return webhook(name, PROPOSED)
    case 'event':
      return {
        ...{ kind: 'event', why: PROPOSED, path: '/v1/event-triggers' },
        body: { name, workflowId: ANY_WORKFLOW, eventName: trigger.eventName },
      }
  }
}

/**
 * The template that is nearest to a description, and says plainly that no model has read it.
 *
 * @param ranked all of the gallery, best first
 */
export function draftedFromTemplate(ranked: readonly Ranked[], description: string): Drafted {
  const [best] = ranked
  if (!best) throw new TypeError('The gallery is empty')
  const isNear = best.score > 0
  const { template } = isNear ? best : { template: plainest(ranked) }
  const language = /\p{Script=Hangul}/u.test(description) ? 'ko' : 'en'
  const { title, description: about, graph, triggers, setup } = template
  const said = SAID[language]
  return {
    draft: { name: title[language], description: about[language], graph },
    explanation: `${isNear ? said.near(title[language]) : said.far(title[language])} ${about[language]}`,
    assumptions: [
      ...triggers.map(({ why, path }) => `POST ${path}: ${why[language]}`),
      ...setup.map((step) => step[language]),
    ],
    ...{ triggers, warnings: [], hosts: hostsIn(graph) },
    ...{ source: 'template', templateId: template.id, attempts: 0, usage: null },
  }
}

function plainest(ranked: readonly Ranked[]): Template {
  const sizes = ranked.toSorted(
    (one, other) => one.template.graph.nodes.length - other.template.graph.nodes.length,
  )
  const found = sizes.find(({ template }) =>
    template.graph.nodes.some(({ type }) => type === 'llm'),
  )
  return (found ?? sizes[0] ?? { template: ranked[0]?.template as Template }).template
}

const SAID = {
  ko: {
    near: (title: string) =>
      `설정된 모델이 없어서 모델을 쓰지 않았습니다. 가장 가까운 템플릿 “${title}”을(를) 그대로 드립니다. 설명에만 있는 내용은 반영되지 않았으니 직접 고쳐 주세요.`,
    far: (title: string) =>
      `설정된 모델이 없어서 모델을 쓰지 않았고, 설명과 비슷한 템플릿도 없습니다. 가장 단순한 템플릿 “${title}”을(를) 드립니다.`,
  },
  en: {
    near: (title: string) =>
      `No model is configured, so none was used: this is the nearest template, “${title}”, as it is. What only your description says is not in it: change it by hand.`,
    far: (title: string) =>
      `No model is configured, so none was used, and no template resembles the description: this is the plainest one, “${title}”.`,
  },
} as const
