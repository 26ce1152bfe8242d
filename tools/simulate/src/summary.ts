import type { SeedReport } from './seed.ts'

/** What many seeds add up to. */
export interface Summary {
  readonly seeds: number
  readonly failures: number
  readonly runs: number
  readonly events: number
  readonly steps: number
  readonly virtualS: number
  readonly wallS: number
  readonly faults: Readonly<Record<string, number>>
  readonly seen: Readonly<Record<string, number>>
  readonly failed: readonly FailedSeed[]
}

interface FailedSeed {
  readonly seed: number
  readonly violations: readonly string[]
}

/** Adds up reports, one after the other. */
export function createSummary() {
  const totals = { seeds: 0, runs: 0, events: 0, steps: 0, virtualMs: 0 }
  const faults: Record<string, number> = {}
  const seen: Record<string, number> = {}
  const failed: FailedSeed[] = []
  return {
    add({ seed, violations, ...report }: SeedReport): void {
      totals.seeds += 1
      for (const name of ['runs', 'events', 'steps', 'virtualMs'] as const) {
        totals[name] += report[name]
      }
      addUp(faults, report.faults)
      addUp(seen, report.seen)
      if (violations.length > 0) failed.push({ seed, violations: violations.slice(0, 20) })
    },
    total(wallMs: number): Summary {
      const { virtualMs, ...more } = totals
      const virtualS = Math.round(virtualMs / 1000)
      const wallS = Math.round(wallMs / 100) / 10
      return { ...more, failures: failed.length, virtualS, wallS, faults, seen, failed }
    },
  }
}

function addUp(sums: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count
}

export function progressLine(done: number, seeds: number, failures: number): string {
  return `${done} of ${seeds} seeds, ${failures} failed`
}

export function tableOf(summary: Summary): string {
  const { seeds, runs, events, steps, virtualS, wallS, failures, faults } = summary
  const rows: [string, string | number][] = [
    ['seeds', seeds],
    ['runs', runs],
    ['events', events],
    ['steps', steps],
    ['virtual time', `${(virtualS / 3600).toFixed(1)} h`],
    ['wall time', `${wallS} s`],
    ...Object.entries(faults)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]): [string, number] => [`fault: ${NAMES[name] ?? name}`, count]),
    ['failures', failures],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

const NAMES: Readonly<Record<string, string>> = {
  crash: 'a process dies or stops',
  zombie: 'of these, it goes on later',
  refused: 'a store call fails',
  lostAnswer: 'a store call is done and reported as failed',
  slow: 'a call takes up to a minute',
  lostMessage: 'a message is lost',
  twice: 'a message comes several times',
  delayed: 'a message is late',
  wipe: 'Redis is wiped',
  executor: 'whoever executes a task dies',
  forgotten: 'a snapshot is deleted',
  snapshot: 'a snapshot is taken',
}

const LINES_SHOWN = 40

/** All that somebody needs who wants to know why a seed fails. */
export function failureText(report: SeedReport, long: boolean): string {
  const { seed, workflows, lines, violations } = report
  return [
    `seed ${seed} failed: ${violations.length} times something was not as it must be`,
    ...workflows.map((workflow) => JSON.stringify(workflow)),
    `the last ${LINES_SHOWN} lines:`,
    ...lines.slice(-LINES_SHOWN),
    'what was wrong first:',
    ...violations.slice(0, 5),
    `again: npm run simulate -- --seeds 1 --from ${seed}${long ? ' --long' : ''}`,
  ].join('\n')
}
