import type { NodeId } from '@dure/contracts'
import type { Graph, NodePolicy } from '@dure/engine'

/** The same in both languages that Dure speaks. */
export interface Wording {
  readonly ko: string
  readonly en: string
}

/** What starts runs of a workflow: a resource of its own, made by this request once the workflow is there. */
export interface NeededTrigger {
  readonly kind: 'schedule' | 'webhook' | 'event'
  readonly why: Wording
  readonly path: '/v1/schedules' | '/v1/webhook-triggers' | '/v1/event-triggers'
  readonly body: Readonly<Record<string, unknown>>
}

/** A workflow that somebody begins with, and what has to be put in its place before it runs. */
export interface Template {
  readonly id: string
  readonly title: Wording
  readonly description: Wording
  /** What people say when they want it, apart from the title. */
  readonly keywords: { readonly ko: readonly string[]; readonly en: readonly string[] }
  readonly graph: Graph
  readonly triggers: readonly NeededTrigger[]
  /** What its user has to set up or replace. */
  readonly setup: readonly Wording[]
}

/** Stand where an id of the user's own belongs: well-formed, and nobody's. */
export const ANY_WORKFLOW = `wf_${'0'.repeat(32)}`
export const ANY_KNOWLEDGE_BASE = `kb_${'0'.repeat(32)}`

interface PlainNode {
  readonly id: string
  readonly type: string
  readonly config?: Readonly<Record<string, unknown>>
  readonly policy?: NodePolicy
  readonly body?: Graph
}

/**
 * A graph as it is drawn: its nodes, and its ways, such as `start > found`, `found:true > answer > end`.
 *
 * @param ways of nodes; behind a colon stands the port that is left by, `out` where there is none
 */
export function graphOf(nodes: readonly PlainNode[], ...ways: readonly string[]): Graph {
  return {
    nodes: nodes.map(({ id, config = {}, ...rest }) => ({ id: id as NodeId, config, ...rest })),
    edges: ways.flatMap((way) => {
      const stops = way.split(' > ')
      return stops.slice(1).map((stop, before) => {
        const [from = '', port = 'out'] = (stops[before] ?? '').split(':')
        return { from: from as NodeId, port, to: (stop.split(':')[0] ?? '') as NodeId }
      })
    }),
  }
}

/** A message to a channel of Slack. The token is a secret of the project: no graph holds it. */
export function slackMessage(id: string, text: string, channel = '#alerts'): PlainNode {
  return {
    id,
    type: 'http',
    config: {
      method: 'POST',
      url: 'https://slack.com/api/chat.postMessage',
      auth: { secret: 'slack_token', as: 'bearer' },
      body: { channel, text },
    },
  }
}

export const SLACK_SETUP: Wording = {
  ko: 'POST /v1/secrets 로 slack_token 을 만드세요 (hosts: ["https://slack.com"], 값은 chat:write 권한이 있는 봇 토큰). 채널 이름도 바꾸세요.',
  en: 'Create the secret slack_token with POST /v1/secrets (hosts: ["https://slack.com"], its value a bot token with chat:write). Change the channel, too.',
}

export const KNOWLEDGE_SETUP: Wording = {
  ko: `${ANY_KNOWLEDGE_BASE} 자리에 지식 베이스의 id 를 넣으세요.`,
  en: `Put the id of your knowledge base in the place of ${ANY_KNOWLEDGE_BASE}.`,
}

/** @param cron of five fields */
export function schedule(name: string, cron: string, why: Wording): NeededTrigger {
  const body = { name, workflowId: ANY_WORKFLOW, cron, timeZone: 'Asia/Seoul', input: {} }
  return { kind: 'schedule', why, path: '/v1/schedules', body }
}

/** @param respond `wait`: whoever calls is answered by a `respond` node */
export function webhook(
  name: string,
  why: Wording,
  respond: 'accepted' | 'wait' = 'accepted',
): NeededTrigger {
  const body = { name, workflowId: ANY_WORKFLOW, auth: { mode: 'hmac' }, respond }
  return { kind: 'webhook', why, path: '/v1/webhook-triggers', body }
}
