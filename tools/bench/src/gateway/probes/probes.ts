import { UsageError } from '../../usage-error.ts'
import { frozen } from './frozen.ts'
import { pace } from './pace.ts'
import { type Figure, isMet, type Probe, type ProbeContext } from './probe.ts'
import { revocation } from './revocation.ts'
import { soak } from './soak.ts'
import { streams } from './streams.ts'

/** To add one: a file beside this, and its name here. */
const PROBES: readonly Probe[] = [pace, frozen, revocation, streams, soak]

export interface ProbeRow extends Figure {
  readonly probe: string
  readonly met: boolean
}

/** @throws UsageError for a probe that there is not */
export function chosenProbes(names: readonly string[]): readonly Probe[] {
  return names.map((name) => {
    const probe = PROBES.find((one) => one.name === name)
    if (probe) return probe
    throw new UsageError(`--probe names some of ${PROBES.map((one) => one.name)}, not ${name}`)
  })
}

export async function runProbes(
  probes: readonly Probe[],
  context: ProbeContext,
): Promise<ProbeRow[]> {
  const rows: ProbeRow[] = []
  for (const probe of probes) {
    console.error(`${probe.name}: ${probe.what} ...`)
    for (const figure of await probe.run(context)) {
      rows.push({ probe: probe.name, ...figure, met: isMet(figure) })
    }
  }
  return rows
}

export function probeTable(rows: readonly ProbeRow[]): string {
  return rows
    .map(({ probe, name, value, unit, goal, met }) => {
      const bound = 'most' in goal ? `at most ${goal.most}` : `at least ${goal.least}`
      const figure = `${value.toFixed(value < 1 ? 3 : 1)} ${unit}`.trim()
      return `${met ? 'met   ' : 'MISSED'}  ${probe.padEnd(11)} ${name.padEnd(38)} ${figure.padStart(12)}  (${bound})`
    })
    .join('\n')
}
