import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { createClient, DureProblem, readAnswer } from '@dure/client'
import { ExampleError, findConnection } from '../korean-support/connection.ts'
import { follow, type RunEvent } from './follow.ts'
import { type Desk, setUp } from './set-up.ts'

// An agent that answers from a document, wants to remember something and has to ask, is held to a form and to a budget, and is
// watched while it works.
const QUESTION = '반품 배송비는 누가 내나요? 이 질문을 기억해 주세요.'
const client = createClient(findConnection(process.env, join(import.meta.dirname, '../..')))

async function ask({ agentId }: Desk, input: string): Promise<string> {
  const params = { path: { agentId } }
  const start = client.POST('/v1/agents/{agentId}/runs', { params, body: { input } })
  const { id: executionId } = await readAnswer(start)
  console.log(`\n${input}\n`)
  for await (const event of follow(client, executionId)) await show(executionId, event)
  return executionId
}

/** Pieces as they come; then each thing that was recorded. */
async function show(executionId: string, event: RunEvent): Promise<void> {
  if (event.type === 'execution.delta') {
    process.stdout.write(String(event.text))
    return
  }
  const { version, type, name, status, findings } = event
  const noted = findings ? ` guardrails: ${JSON.stringify(findings)}` : ''
  console.log(`\n#${version} ${type} ${[name, status].filter(Boolean).join(' ')}${noted}`)
  if (type === 'execution.approval-requested') await decide(executionId, event)
}

/** On this call alone, as it was shown: its hash says so. */
async function decide(executionId: string, { callId, name, input, hash }: RunEvent): Promise<void> {
  const decision = (await isAllowed(`${name} ${JSON.stringify(input)}`)) ? 'approve' : 'reject'
  console.log(`   ${decision}: ${name} ${JSON.stringify(input)}`)
  const params = { path: { executionId, callId: String(callId) } }
  const body = { decision, hash: String(hash) } as const
  await readAnswer(client.POST('/v1/agent-runs/{executionId}/approvals/{callId}', { params, body }))
}

/** Where nobody sits at a terminal, the example allows what it was made to show. */
async function isAllowed(what: string): Promise<boolean> {
  if (!process.stdin.isTTY) return true
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const said = await terminal.question(`   May it call ${what}? [y/N] `)
  terminal.close()
  return /^y/i.test(said)
}

async function report({ budgetId }: Desk, executionId: string): Promise<void> {
  const params = { path: { executionId } }
  const run = await readAnswer(client.GET('/v1/agent-runs/{executionId}', { params }))
  const steps = await readAnswer(client.GET('/v1/agent-runs/{executionId}/steps', { params }))
  const budget = await readAnswer(
    client.GET('/v2/budgets/{budgetId}', { params: { path: { budgetId } } }),
  )
  console.log(`\n${JSON.stringify(run.output ?? run.error ?? run.status, null, 2)}\n`)
  console.table(
    steps.data.map(({ kind, tool, status, decision, usage }) => ({
      step: kind,
      tool: tool ?? '',
      became: status ?? decision ?? '',
      'micro-USD': usage?.costMicroUsd ?? '',
    })),
  )
  const { spentMicroUsd, leftMicroUsd } = budget.current ?? {}
  console.log(`Today: ${spentMicroUsd} micro-USD spent, ${leftMicroUsd} left`)
}

try {
  const desk = await setUp(client)
  await report(desk, await ask(desk, process.argv.slice(2).join(' ').trim() || QUESTION))
} catch (error) {
  const isTheirs = error instanceof ExampleError || error instanceof DureProblem
  console.error(isTheirs ? error.message : error)
  process.exitCode = 1
}
