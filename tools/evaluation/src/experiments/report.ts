/** As `GET /v2/experiments/{id}` answers, as far as it is shown. */
export interface Experiment {
  readonly id: string
  readonly status: 'running' | 'done' | 'failed' | 'cancelled'
  readonly progress: { readonly done: number; readonly total: number }
  readonly costMicroUsd: number
  readonly error?: { readonly code: string; readonly message: string }
  readonly summary?: {
    readonly versions: readonly VersionSummary[]
    readonly comparison?: Comparison
  }
}

interface VersionSummary {
  readonly version: number
  readonly runs: number
  readonly failed: number
  readonly score: number | null
  readonly passRate: number | null
  readonly evaluators: readonly {
    readonly name: string
    readonly errors: number
    readonly mean: number | null
    readonly passRate: number | null
  }[]
  readonly costMicroUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly durationMs: { readonly p50: number; readonly p95: number }
}

interface Comparison {
  readonly a: number
  readonly b: number
  readonly cases: number
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly wilcoxonP: number
  readonly mcNemar: { readonly onlyA: number; readonly onlyB: number; readonly p: number }
  readonly verdict: 'better' | 'worse' | 'no-difference'
}

/** What decides whether the command succeeds. */
export interface Bar {
  readonly version: number
  readonly minScore: number | undefined
  readonly noWorse: boolean
}

/** For people: a column for each version, and in a sentence how they compare. */
export function experimentReport({ summary }: Experiment): string {
  if (!summary) return 'There is no summary.'
  const { versions, comparison } = summary
  const names = versions[0]?.evaluators.map(({ name }) => name) ?? []
  const row = (title: string, of: (version: VersionSummary) => string) => [
    title,
    ...versions.map(of),
  ]
  const rows = [
    row('', ({ version }) => `version ${version}`),
    row('score', ({ score }) => shareOf(score)),
    row('passed', ({ passRate }) => percentOf(passRate)),
    ...names.map((name, index) => row(`  ${name}`, (of) => evaluatorCell(of.evaluators[index]))),
    row('runs', ({ runs, failed }) => (failed > 0 ? `${runs} (${failed} failed)` : `${runs}`)),
    row('cost', ({ costMicroUsd }) => `$${(costMicroUsd / 1_000_000).toFixed(4)}`),
    row('tokens in/out', (of) => `${of.inputTokens}/${of.outputTokens}`),
    row('time p50/p95', ({ durationMs: { p50, p95 } }) => `${p50}/${p95} ms`),
  ]
  return [table(rows), ...(comparison ? ['', sentence(comparison)] : [])].join('\n')
}

/** Why the bar is not reached; undefined: it is. */
export function shortfall(experiment: Experiment, { version, minScore, noWorse }: Bar) {
  const { status, error, summary } = experiment
  if (status !== 'done') return `the experiment is ${status}${error ? `: ${error.message}` : ''}`
  const of = summary?.versions.find((one) => one.version === version)
  if (!of || of.score === null) return 'no evaluator had anything to say'
  const errors = of.evaluators.reduce((sum, one) => sum + one.errors, 0)
  if (errors > 0) return `${errors} answers could not be scored`
  if (minScore !== undefined && of.score < minScore) {
    return `version ${version} scores ${shareOf(of.score)}, and ${minScore} is needed`
  }
  const { comparison } = summary ?? {}
  const isWorse = comparison?.b === version && comparison.verdict === 'worse'
  return noWorse && isWorse ? `version ${version} is worse than version ${comparison.a}` : undefined
}

function sentence({ a, b, cases, difference, low, high, wilcoxonP, mcNemar, verdict }: Comparison) {
  const words = {
    better: `version ${b} is better than version ${a}`,
    worse: `version ${b} is worse than version ${a}`,
    'no-difference': `no difference between versions ${a} and ${b} is beyond chance`,
  }
  const numbers = `${signed(difference)} [${signed(low)}, ${signed(high)}] over ${cases} cases, p = ${wilcoxonP.toFixed(4)}`
  return `${words[verdict]}: ${numbers}; passed by ${a} alone: ${mcNemar.onlyA}, by ${b} alone: ${mcNemar.onlyB} (p = ${mcNemar.p.toFixed(4)})`
}

function evaluatorCell(of: VersionSummary['evaluators'][number] | undefined): string {
  if (!of) return ''
  const errors = of.errors > 0 ? `, ${of.errors} errors` : ''
  return `${shareOf(of.mean)} (${percentOf(of.passRate)}${errors})`
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

function shareOf(share: number | null): string {
  return share === null ? '-' : share.toFixed(3)
}

function percentOf(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toFixed(1)} %`
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`
}
