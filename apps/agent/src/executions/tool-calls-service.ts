import { UnavailableError } from '@dure/kernel'
import { rulesInForce } from '../guardrails/links.ts'
import type { BoundTool } from '../tools/tool.ts'
import type { OpenCall } from './execution.ts'
import { payerOf, runAround } from './model-step.ts'
import type { Advancing, StepsOptions } from './steps-service.ts'
import { answerOf, sortCalls } from './tool-step.ts'

type Options = Pick<StepsOptions, 'tools' | 'toolTimeoutMs'>

/** Calls of tools of one step that are made at the same time. */
const TOOLS_AT_ONCE = 8

async function callTool(
  options: Options,
  of: Advancing,
  { call, tool }: { readonly call: OpenCall; readonly tool: BoundTool },
): Promise<void> {
  const { claimed, recorder, signal } = of
  const { execution } = claimed
  const { steps: step } = recorder.state()
  const rules = rulesInForce(of.agent.definition, recorder.state())
  const start = performance.now()
  const result = await options.tools.execute({
    callKey: callKeyOf(execution.id, call.callId),
    tenant: execution.tenant,
    caller: execution.caller ?? undefined,
    payer: payerOf(execution),
    runId: runAround(execution),
    ...{ tool, input: call.input, timeoutMs: options.toolTimeoutMs, signal },
  })
  const durationMs = Math.round(performance.now() - start)
  const { callId, name } = call
  if (result.status === 'sent') {
    await recorder.record([{ type: 'execution.tool-sent', step, callId, name }])
  } else {
    const answered = [answerOf(step, call, { result, tool, rules, durationMs })]
    if (tool.effect === 'pure') recorder.note(answered)
    else await recorder.record(answered)
  }
}

/** Makes the calls that may be made, and records what becomes of each. */
export async function callTools(
  options: Options,
  of: Advancing,
  calls: readonly OpenCall[],
): Promise<void> {
  const { recorder, claimed } = of
  const executionId = claimed.execution.id
  const sorting = { state: recorder.state(), tools: of.tools, executionId }
  const { refused, allowed, requested } = sortCalls(calls, sorting)
  recorder.note(refused)
  await someAtOnce(allowed, (one) => callTool(options, of, one))
  await recorder.record(requested)
}

/** `exe_…/3/0`: the first call of step 3. */
export function callKeyOf(executionId: string, callId: string): string {
  return `${executionId}/${callId.slice(1).replace('_', '/')}`
}

/** All of them end before it does: what goes on after it would be done twice at once. */
async function someAtOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items]
  const failures: unknown[] = []
  async function next(): Promise<void> {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item).catch((error: unknown) => {
        failures.push(error)
        left.length = 0
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(TOOLS_AT_ONCE, items.length) }, next))
  // Somebody else is at one of them: that is no reason to give the others up for good.
  const [failure] = failures.toSorted((one, other) => Number(isBusy(one)) - Number(isBusy(other)))
  if (failure !== undefined) throw failure
}

export function isBusy(error: unknown): boolean {
  return error instanceof UnavailableError && error.code === 'tool.busy'
}
