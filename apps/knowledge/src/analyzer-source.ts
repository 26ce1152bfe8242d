import { UnavailableError } from '@dure/kernel'
import type { HealthCheck } from '@dure/platform'
import { type Analyzer, createAnalyzer, loadDictionary } from '@dure/retrieval'

export interface AnalyzerSource {
  /** Reads the dictionary, once. */
  load(): Promise<void>
  /** @throws UnavailableError `analyzer.not-loaded` before `load` is done */
  readonly get: () => Analyzer
  readonly check: HealthCheck
}

/** The analyzer of this process: its dictionary is large and is read at the start, not at import. */
export function createAnalyzerSource(): AnalyzerSource {
  let analyzer: Analyzer | undefined

  function get(): Analyzer {
    if (!analyzer) throw new UnavailableError('analyzer.not-loaded', 'The service is starting')
    return analyzer
  }

  return {
    get,
    async load() {
      analyzer = createAnalyzer(await loadDictionary())
    },
    async check() {
      get()
    },
  }
}
