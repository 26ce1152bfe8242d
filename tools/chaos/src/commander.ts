import type { Client } from './client.ts'
import type { Complaint } from './workload.ts'

/** What somebody asked of a run, and was told that it will be done. */
export interface AckedCommand {
  readonly runId: string
  readonly what: 'pause' | 'resume' | 'cancel' | 'retry' | 'signal' | 'approve' | 'review'
  /** Epoch milliseconds. */
  readonly at: number
}

/** Asks things of runs, and remembers what was acknowledged. */
export interface Commander {
  readonly commands: readonly AckedCommand[]
  readonly complaints: readonly Complaint[]
  ask(command: Pick<AckedCommand, 'runId' | 'what'> & Asked): Promise<void>
}

interface Asked {
  readonly path: string
  readonly body?: object
  /** Tells this apart from the same asked of the run at another time. */
  readonly key?: string
}

/** Of a run that has ended, or that does not wait for this any more. */
const TOO_LATE = new Set([404, 409])

export function createCommander(client: Client): Commander {
  const commands: AckedCommand[] = []
  const complaints: Complaint[] = []
  return {
    commands,
    complaints,
    async ask({ runId, what, path, body = {}, key = '' }) {
      // With a key, so that an answer that was lost does not make it happen twice.
      const idempotencyKey = `${what} ${runId} ${key}`.trim()
      const answer = await client.insist({ method: 'POST', path, body, idempotencyKey })
      if (answer.status < 300) commands.push({ runId, what, at: Date.now() })
      else if (!TOO_LATE.has(answer.status)) {
        const why = JSON.stringify(answer.body).slice(0, 300)
        complaints.push({ runId, what: `${what} was refused: ${answer.status} ${why}` })
      }
    },
  }
}
