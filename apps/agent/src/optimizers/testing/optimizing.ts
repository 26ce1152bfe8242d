import { eventually } from '@dure/platform/testing'
import { type ModelCall, type Reply, text } from '@dure/scripted-model'
import { labOf } from '../../experiments/testing/lab.ts'
import type { AgentUnderTest } from '../../tasks/testing/agent.ts'

export const RIGHT = '7일'

/** A third of them is answered right by the agent as it is. */
const QUESTIONS = Array.from({ length: 40 }, (_, index) => `환불은 며칠 걸리나요? (${index})`)

const CASES = QUESTIONS.map((input) => ({ input, expectedOutput: RIGHT }))

export function systemOf({ messages }: ModelCall): string {
  return messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => JSON.stringify(content))
    .join('\n')
}

export function isProposal(call: ModelCall): boolean {
  return systemOf(call).includes('You improve the instructions')
}

/** Which of the questions stand in what a model is told. */
export function questionsIn(told: string): string[] {
  return QUESTIONS.filter((question) => told.includes(question))
}

/** The last of them: examples in the instructions name others. */
export function questionOf({ messages }: ModelCall): string {
  const asked = messages.filter(({ role }) => role === 'user').at(-1)
  return questionsIn(JSON.stringify(asked?.content ?? ''))[0] ?? ''
}

/** The agent as it is, with any instructions that do not help. */
export function answerOfBase(call: ModelCall): Reply {
  const index = QUESTIONS.indexOf(questionOf(call))
  return text(index % 3 === 0 ? RIGHT : '모릅니다')
}

function proposal(instructions: string): Reply {
  return text(JSON.stringify({ explanation: `Says ${instructions}`, instructions }))
}

/** A model whose proposals are these, in turn, and whose agent is right with what `HELPS` stands in. */
export function helpful(...proposals: readonly string[]) {
  let asked = 0
  return (call: ModelCall): Reply => {
    if (!isProposal(call))
      return systemOf(call).includes('HELPS') ? text(RIGHT) : answerOfBase(call)
    asked += 1
    return proposal(`${proposals[(asked - 1) % proposals.length]} ${asked}`)
  }
}

/** Optimizations as a client uses them. */
export function optimizingOf(agent: AgentUnderTest) {
  const lab = labOf(agent)
  return {
    ...lab,

    async prepared() {
      return {
        agentId: await lab.agent('how many days'),
        datasetId: await lab.dataset(CASES),
        evaluatorIds: [await lab.evaluator({ kind: 'contains' })],
        ...{ version: 1, budgetMicroUsd: 10_000_000, maxCandidates: 3, concurrency: 8 },
      }
    },

    optimize: (body: object) => lab.call('POST', '/v1/ai/prompts:optimize', { body }),
    get: async (id: string) => (await lab.call('GET', `/v1/ai/prompt-optimizations/${id}`)).json(),

    /** Until it is over. */
    ended: (id: string) =>
      eventually(
        async () => {
          const answer = await lab.call('GET', `/v1/ai/prompt-optimizations/${id}`)
          if (answer.statusCode !== 200) throw new Error(answer.body)
          const found = answer.json()
          if (found.status === 'running') throw new Error(`${found.phase}: ${found.costMicroUsd}`)
          return found
        },
        { timeoutMs: 120_000 },
      ),

    apply: (id: string, body: object = {}) =>
      lab.call('POST', `/v1/ai/prompt-optimizations/${id}/apply`, { body }),

    /** What each part asks. */
    async parts(id: string): Promise<Record<'train' | 'validation' | 'test', string[]>> {
      const { rows } = await agent.pool.query(
        `SELECT part.key AS part, json_agg(of.body ->> 'input') AS questions
         FROM prompt_optimization o, json_each(o.parts) part,
           json_array_elements_text(part.value) AS id
         JOIN dataset_case of ON of.id = id.value AND of.removed_in IS NULL
         WHERE o.id = $1 GROUP BY part.key`,
        [id],
      )
      return Object.fromEntries(rows.map(({ part, questions }) => [part, questions])) as never
    },
  }
}
